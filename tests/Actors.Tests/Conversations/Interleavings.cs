using CsCheck;
using QuikApp.Actors.Conversations;

namespace QuikApp.Actors.Tests.Conversations;

/// <summary>What holds for every interleaving of commands in a conversation of any kind.</summary>
internal static class Interleavings
{
    public static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    /// <summary>Runs random commands, checks the numbers, the refusals and the fold, and hands each step to <paramref name="check"/>.</summary>
    /// <param name="command">Commands; each gets its step's number, for what must differ.</param>
    /// <param name="create">The conversation before the first one.</param>
    /// <param name="same">Whether two states hold the same: their sets and tables would compare by reference.</param>
    /// <param name="check">What more holds: before a step, its command, after it, its decision.</param>
    public static void Sample(
        Gen<Func<int, ConversationCommand>> command,
        Func<Simulation> create,
        Action<ConversationState, ConversationState> same,
        Action<ConversationState, ConversationCommand, Simulation, Decision> check) =>
        Gen.Select(command.Array[0, 60], Gen.Int[0, 60]).Sample((commands, cut) =>
        {
            var conversation = create();
            for (var i = 0; i < commands.Length; i++)
            {
                conversation.Now += 400_000;
                var (next, before) = (commands[i](i), conversation.State);
                var decision = conversation.Do(next);
                if (decision is not Decision.Accepted)
                    Assert.Same(before, conversation.State);
                check(before, next, conversation, decision);
            }

            var events = conversation.Events;
            Assert.Equal(Enumerable.Range(1, events.Count).Select(i => (long)i), events.Select(e => e.Seq));
            Assert.True(events.Zip(events.Skip(1)).All(pair => pair.Item1.At < pair.Item2.At));

            // From a snapshot and what came after it, as after a restart.
            var at = Math.Min(cut, events.Count);
            var snapshot = Snapshots.Reread(events[..at].Aggregate(ConversationState.Empty(conversation.State.Stream), (s, e) => s.Apply(e)));
            same(conversation.State, events[at..].Aggregate(snapshot, (s, e) => s.Apply(e)));

            // From the events alone whose bodies recovery opens.
            var opened = events.Where(e => snapshot.IsShapedBy(Protocol.Journal.EventTypes.Of(e.Event)))
                .Aggregate(ConversationState.Empty(conversation.State.Stream), (s, e) => s.AdvanceTo(e.Seq - 1, e.At - 1).Apply(e));
            same(conversation.State, opened.AdvanceTo(conversation.State.Seq, conversation.State.At));
        });
}
