using QuikApp.Actors.Calls;
using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Conversations;

namespace QuikApp.Actors.Relays;

/// <summary>
/// What a conversation's events mean for others, told in rounds: what is owed is sent, and the next round waits until each
/// target has it, save those that take nothing at present. What is done is settled and not told again. No actor and no I/O
/// of its own.
/// </summary>
/// <param name="send">Sends a consequence; the target's answer names the number.</param>
internal sealed class RelayRounds(Action<long, Consequence> send)
{
    private const int RoundSize = 64;

    private readonly Queue<NumberedEvent> _owed = new();
    private readonly HashSet<long> _undone = [];
    private readonly Outbox _outbox = new(send);
    private List<NumberedEvent>? _round;

    /// <summary>Whether nothing waits for an answer.</summary>
    public bool IsQuiet => _outbox.IsEmpty;

    /// <summary>These events have consequences.</summary>
    public void Owe(IEnumerable<NumberedEvent> events)
    {
        foreach (var e in events)
        {
            _owed.Enqueue(e);
            _undone.Add(e.Seq);
        }
    }

    /// <summary>Whether something that follows from one of these events is not done.</summary>
    public bool Owes(HashSet<long> seqs) => seqs.Overlaps(_undone);

    /// <summary>Begins the next round, if it is time: the events of which is to be found out what follows. The answer goes to <see cref="Send"/>.</summary>
    public bool TryBegin(out IReadOnlyList<NumberedEvent> round)
    {
        round = [];
        if (_round is not null || _outbox.IsAwaited || _owed.Count == 0)
            return false;
        round = _round = [];
        while (_round.Count < RoundSize && _owed.TryDequeue(out var e))
            _round.Add(e);
        return true;
    }

    /// <summary>The round that was begun, to find out again what follows.</summary>
    public IReadOnlyList<NumberedEvent> Round => _round ?? [];

    /// <summary>This follows from the round's events.</summary>
    /// <returns>The events that are done: nothing follows from them.</returns>
    public IReadOnlyList<long> Send(IEnumerable<(long Seq, Consequence Consequence)> consequences)
    {
        foreach (var (seq, consequence) in consequences)
            _outbox.Add(seq, consequence);
        _outbox.Send();
        var nothingFollows = Round.Select(e => e.Seq).Where(seq => !_outbox.Owes(seq)).ToList();
        _round = null;
        return Done(nothingFollows);
    }

    /// <summary>The target has it, or never will.</summary>
    /// <returns>The events that are done.</returns>
    public IReadOnlyList<long> Acknowledge(long number) => Done(_outbox.Acknowledge(number));

    /// <summary>The target cannot take it now.</summary>
    public void Postpone(long number) => _outbox.Postpone(number);

    /// <summary>Sends again what is late.</summary>
    public void Tick() => _outbox.Tick();

    /// <summary>
    /// What of these events may be forgotten, once they are done. An open call owes until it is over: that is what wakes it
    /// after a crash, so that its timers run.
    /// </summary>
    public IReadOnlyList<long> Settled(ConversationState state, IReadOnlyList<long> done) => state switch
    {
        CallState { IsOpen: true } => [.. done.Where(seq => seq != 1)],
        CallState when !_undone.Contains(1) && done.Count > 0 && !done.Contains(1) => [.. done, 1],
        _ => done,
    };

    private IReadOnlyList<long> Done(IReadOnlyList<long> done)
    {
        _undone.ExceptWith(done);
        return done;
    }
}
