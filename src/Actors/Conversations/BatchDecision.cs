using System.Collections.Immutable;
using QuikApp.Actors.Storage.Journal;
using QuikApp.Protocol.Conversations;

namespace QuikApp.Actors.Conversations;

/// <summary>Commands decided one after the other, each on what the earlier ones left behind: what is to be written, and what each is told then. Pure.</summary>
internal sealed class BatchDecision
{
    private readonly List<(NumberedEvent Event, IndexFacts? Index)> _events = [];
    private readonly List<(Decision Decision, ImmutableArray<long> Owed)> _outcomes = [];

    private BatchDecision(ConversationState state) => State = state;

    /// <summary>The state once <see cref="Events"/> are committed.</summary>
    public ConversationState State { get; private set; }

    /// <summary>To be written as one atomic write, with what the read model is to know of each.</summary>
    public IReadOnlyList<(NumberedEvent Event, IndexFacts? Index)> Events => _events;

    /// <summary>What each command comes to once the write is committed, and those of its events that have consequences elsewhere.</summary>
    public IReadOnlyList<(Decision Decision, ImmutableArray<long> Owed)> Outcomes => _outcomes;

    /// <summary>Those of <see cref="Events"/> that have consequences elsewhere.</summary>
    public IEnumerable<NumberedEvent> Owed => _events.Where(e => e.Index?.OwesRelay == true).Select(e => e.Event);

    /// <summary>Decides a batch.</summary>
    /// <param name="state">The conversation.</param>
    /// <param name="facts">What the commands depend on; the decisions are laid over it.</param>
    /// <param name="commands">The commands, in the order in which they came.</param>
    public static BatchDecision Of(ConversationState state, BatchFacts facts, IEnumerable<ConversationCommand> commands)
    {
        var batch = new BatchDecision(state);
        foreach (var command in commands)
            batch.Decide(facts, command);
        return batch;
    }

    private void Decide(BatchFacts facts, ConversationCommand command)
    {
        var decision = facts.IsUnknown(command.By)
            ? new Decision.Refused(Protocol.Payloads.Refusal.Unavailable)
            : ConversationRules.Decide(State, facts, command, facts.NowMicros);
        ImmutableArray<long> owed = [];
        if (decision is Decision.Accepted accepted)
        {
            var first = _events.Count;
            foreach (var e in accepted.Events)
            {
                State = State.Apply(e);
                _events.Add((e, facts.IndexOf(State, e, command, isFirst: _events.Count == first)));
                facts.Apply(e, command, accepted.Receipt);
            }

            owed = [.. _events.Skip(first).Where(e => e.Index?.OwesRelay == true).Select(e => e.Event.Seq)];
        }

        _outcomes.Add((decision, owed));
    }
}
