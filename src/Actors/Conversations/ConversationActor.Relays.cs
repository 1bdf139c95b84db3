using System.Collections.Frozen;
using Akka.Actor;
using Akka.Event;
using QuikApp.Actors.Access;
using QuikApp.Actors.Channels;
using QuikApp.Actors.Relays;
using QuikApp.Actors.Workspaces;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using static QuikApp.Actors.Conversations.ConversationMessages;

namespace QuikApp.Actors.Conversations;

// What an event means for other conversations is told after the commit, in rounds: all that is owed is sent, and the next
// round waits until each target has it. The database knows what is owed; a repeat is recognised by the target. A target
// hears things in the order in which they happened: who was added and removed must not be found added.
internal sealed partial class ConversationActor
{
    private const int RoundSize = 64;
    private static readonly TimeSpan RelayTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RelayRetry = TimeSpan.FromSeconds(1);

    private readonly Queue<NumberedEvent> _owed = new();
    private readonly SortedDictionary<long, Consequence> _unanswered = [];
    private readonly HashSet<long> _sent = [];
    private readonly List<(long Seq, Execute Command, Executed Answer)> _held = [];
    private List<NumberedEvent>? _round;
    private long _relayCorrelations;

    private void RelayCommands()
    {
        Command<RoundReady>(m => SendRound(m.Consequences));
        Command<RoundFailed>(OnRoundFailed);
        Command<Executed>(OnRelayed);
        Command<RelayAgain>(_ => ResendRound());
    }

    private void Owe(IReadOnlyCollection<NumberedEvent> events)
    {
        foreach (var e in events)
            _owed.Enqueue(e);
        NextRound();
    }

    private void NextRound()
    {
        if (_round is not null || _owed.Count == 0)
            return;

        _round = [];
        while (_round.Count < RoundSize && _owed.TryDequeue(out var e))
            _round.Add(e);
        PrepareRound();
    }

    private void PrepareRound()
    {
        var (state, round) = (_state, _round!);
        FollowUp(state, round).PipeTo(Self, success: all => new RoundReady(all), failure: e => new RoundFailed(e));
    }

    private async Task<IReadOnlyList<Consequence>> FollowUp(ConversationState state, IReadOnlyList<NumberedEvent> round)
    {
        var parent = state.Parent is { } channel ? (ChannelState)await _services.Replicas.Get(StreamId.Of(channel), _stopping.Token) : null;
        var roster = (state.Workspace ?? parent?.Workspace) is { } workspace
            ? (WorkspaceState)await _services.Replicas.Get(StreamId.Of(workspace), _stopping.Token)
            : null;
        var all = new List<Consequence>();
        foreach (var e in round)
        {
            var before = Consequences.NeedMessage(e) ? await MessageBefore(e) : null;
            all.AddRange(Consequences.Of(state, e, new RelayFacts(roster, parent, before)));
        }

        if (_services.Access.RechecksEvery is not null && roster is { Info: { } info })
            all = await ToThoseWhoBelong(all, info.Workspace, roster);
        var latest = all.Where(c => c.IsLatest).GroupBy(c => c.Target).Select(group => group.Last()).ToHashSet(ReferenceEqualityComparer.Instance);
        return [.. all.Where(c => !c.IsLatest || latest.Contains(c))];
    }

    // The workspace's list goes by who was seen there. Where somebody else decides who belongs, they are asked before anything
    // is told to anybody; whom they do not answer for is told nothing.
    private async Task<List<Consequence>> ToThoseWhoBelong(List<Consequence> all, WorkspaceId workspace, WorkspaceState roster)
    {
        var belong = await Task.WhenAll(all.Select(consequence => Belongs(consequence, workspace, roster)));
        return [.. all.Where((_, i) => belong[i])];
    }

    private async Task<bool> Belongs(Consequence consequence, WorkspaceId workspace, WorkspaceState roster)
    {
        if (consequence.Command is not ConversationCommand.Record { Event: ConversationEvent.NotificationCreated or ConversationEvent.CallRang })
            return true;
        try
        {
            var who = new Requester(UserId.Parse(consequence.Target.Id), FrozenSet.Create(workspace), Role.Member);
            return (await _services.Access.StandingOf(who, workspace, roster, _stopping.Token)).IsMember;
        }
        catch (AccessUnknownException)
        {
            return false;
        }
    }

    private async Task<MessageView?> MessageBefore(NumberedEvent e)
    {
        var id = e.Event.Message!.Value;
        var found = await _services.Store.FindMessages(_stream, [id.Value], _stopping.Token);
        if (!found.TryGetValue(id.Value, out var seq))
            return null;
        var views = await _services.Reader.Views(_stream, [seq], e.Seq - 1, _stopping.Token);
        return views.Count > 0 ? views[0] : null;
    }

    private void SendRound(IReadOnlyList<Consequence> consequences)
    {
        foreach (var consequence in consequences)
            _unanswered.Add(++_relayCorrelations, consequence);
        if (_unanswered.Count == 0)
            EndRound();
        else
            ResendRound();
    }

    private void ResendRound()
    {
        _sent.Clear();
        SendNext();
        if (_unanswered.Count > 0)
            Timers.StartSingleTimer(nameof(RelayAgain), RelayAgain.Instance, RelayTimeout);
        else if (_round is not null)
            PrepareRound();
    }

    // New notifications may come in any order and go together; all else waits for what the same target was told before.
    private void SendNext()
    {
        Dictionary<StreamId, bool> waited = [];
        foreach (var (correlation, consequence) in _unanswered)
        {
            var together = consequence.Command is ConversationCommand.Record { Event: ConversationEvent.NotificationCreated };
            var mayGo = !waited.TryGetValue(consequence.Target, out var allTogether) || (allTogether && together);
            waited[consequence.Target] = mayGo && together;
            if (mayGo && _sent.Add(correlation))
                _services.Conversations.Tell(new Execute(consequence.Target, consequence.Command, correlation, Self, Via: null), Self);
        }
    }

    private void OnRelayed(Executed m)
    {
        if (!_unanswered.TryGetValue(m.Correlation, out var consequence))
            return;
        if (m.Refusal == Refusal.Unavailable || m.Refusal?.Reason == Reason.RateLimited)
        {
            Timers.StartSingleTimer(nameof(RelayAgain), RelayAgain.Instance, RelayRetry);
            return;
        }

        // A definite no is an answer too: there is no such workspace, or the call is over.
        if (m.Refusal is not null)
            _log.Debug("{Target} does not take {Command} of {Stream}: {Reason}", consequence.Target, consequence.Command.GetType().Name, _stream, m.Refusal.Reason);
        _unanswered.Remove(m.Correlation);
        if (_unanswered.Count == 0)
            EndRound();
        else
            SendNext();
    }

    private void EndRound()
    {
        Timers.Cancel(nameof(RelayAgain));
        var done = _round!.Select(e => e.Seq).ToList();
        _round = null;
        Settle(done);
        var next = _owed.TryPeek(out var e) ? e.Seq : long.MaxValue;
        foreach (var held in _held.Where(held => held.Seq < next).ToList())
        {
            _held.Remove(held);
            Reply(held.Command, held.Answer);
        }

        NextRound();
        if (_stopWhenIdle && !_busy)
            Context.Stop(Self);
    }

    private void OnRoundFailed(RoundFailed m)
    {
        _log.Warning(m.Cause, "{Stream} could not look up what follows from its events; tried again", _stream);
        Timers.StartSingleTimer(nameof(RelayAgain), RelayAgain.Instance, RelayRetry);
    }

    // An open call owes until it is over: that is what wakes it after a crash, so that its timers run.
    private void Settle(List<long> done)
    {
        if (_state is Calls.CallState call)
        {
            if (call.IsOpen)
                done.Remove(1);
            else if (!done.Contains(1))
                done.Add(1);
        }

        if (done.Count > 0)
            _services.Settlement.Tell(new RelaySettlement.Settled(_stream, done), Self);
    }

    // Whoever goes to the other conversation next must find there what follows from this one; also who asked for what was
    // there already, because it may have begun a moment ago.
    private void HoldForRelays(Batch batch)
    {
        var first = (_round?[0] ?? (_owed.TryPeek(out var next) ? next : batch.Owed.FirstOrDefault()))?.Seq ?? long.MaxValue;
        for (var i = batch.Answers.Count - 1; i >= 0; i--)
        {
            var (command, answer) = batch.Answers[i];
            if (!command.Command.AwaitsRelays || answer.Receipt is not { } receipt || receipt.Seq < first)
                continue;
            batch.Answers.RemoveAt(i);
            _held.Add((receipt.Seq, command, answer));
        }
    }

    // It is journaled, and what follows will be done; that it is not done yet is all that can be said.
    private void RefuseHeld()
    {
        foreach (var (_, command, _) in _held)
            Reply(command, Refused(command, Refusal.Unavailable));
        _held.Clear();
    }

    private sealed record RoundReady(IReadOnlyList<Consequence> Consequences) : INoSerializationVerificationNeeded;

    private sealed record RoundFailed(Exception Cause) : INoSerializationVerificationNeeded;

    private sealed class RelayAgain : INoSerializationVerificationNeeded
    {
        public static readonly RelayAgain Instance = new();
    }
}
