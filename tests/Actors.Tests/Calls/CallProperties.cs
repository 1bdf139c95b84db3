using CsCheck;
using QuikApp.Actors.Calls;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Tests.Conversations;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using static QuikApp.Actors.Conversations.ConversationCommand;
using static QuikApp.Protocol.Conversations.ConversationEvent;
using Record = QuikApp.Actors.Conversations.ConversationCommand.Record;

namespace QuikApp.Actors.Tests.Calls;

/// <summary>What holds for every interleaving of what people, sockets and the clock do to a call.</summary>
public sealed class CallProperties
{
    private static readonly CallId C1 = CallId.Parse("c1");

    private static readonly Gen<Requester> Who = Gen.Select(Interleavings.OneOf("alice", "bob", "carol"), Gen.Int[1, 2], (name, device) =>
        Given.Member(name) with { Session = $"{name}-{device}" });

    private static readonly Gen<Func<int, ConversationCommand>> Command = Gen.Frequency(
        (1, Gen.Const(Started())),
        (6, Gen.Select(Who, Gen.Bool, (by, takeover) => Always(new AcceptCall(by, takeover)))),
        (2, Who.Select(by => Always(new DeclineCall(by)))),
        (2, Who.Select(by => Always(new EndCall(by)))),
        (1, Who.Select(by => (Func<int, ConversationCommand>)(step => new Record(Requester.OnBehalfOf(by.User), $"{step}", new CallDeclined(C1, Busy: true))))),
        (1, Gen.Const(Always(new EndRinging(Requester.OnBehalfOf(UserId.Parse("alice")))))),
        (3, Who.Select(by => Always(new DropParticipant(Requester.OnBehalfOf(by.User), by.Session)))));

    private static readonly Gen<string[]> Sockets = Interleavings.OneOf("alice-1", "alice-2", "bob-1", "bob-2", "carol-1", "carol-2").Array[0, 6];

    [Fact]
    public void Decide_AnyInterleaving_EndsOnceAndChangesNoMore()
    {
        var channel = Conversation.Of(Given.Create(Requester.Server)).State;
        Sockets.Sample(
            attached => Interleavings.Sample(
                Command,
                () =>
                {
                    var call = new Simulation(StreamId.Of(C1)) { Parent = channel };
                    call.Attached.UnionWith(attached);
                    return call;
                },
                AssertSame,
                Check),
            iter: 20);
    }

    private static void Check(ConversationState before, ConversationCommand command, Simulation call, Decision decision)
    {
        var (was, now) = ((CallState)before, (CallState)call.State);
        var ends = call.Events.Where(e => e.Event is CallEnded).ToList();
        Assert.Equal(now.Phase == CallPhase.Ended ? 1 : 0, ends.Count);
        if (was.Phase == CallPhase.Ended)
            Assert.Same(was, now);
        if (ends.Count == 1)
        {
            var ended = (CallEnded)ends[0].Event;
            Assert.Same(call.Events[^1], ends[0]);
            Assert.Equal(now.AnsweredAt is null, ended.Reason != CallEndReason.Ended);
            Assert.Equal(now.DurationAt(ends[0].At), ended.Duration);
        }

        Assert.Empty(now.Ringing.Intersect(now.Participants.Keys));
        Assert.Empty(now.Declined.Intersect(now.Participants.Keys));
        if (now.Phase == CallPhase.Ringing)
            Assert.All(now.Participants.Keys, user => Assert.Equal("alice", user.Value));

        // A socket that is there loses its part to another of the same user only when that one asks for it.
        foreach (var (user, there) in was.Participants)
        {
            if (now.Participants.TryGetValue(user, out var next) && next.Session != there.Session && call.Attached.Contains(there.Session))
                Assert.True(command is AcceptCall { Takeover: true });
        }

        // An answered call that goes on can still become one of two.
        if (now.IsOpen && now.Phase == CallPhase.Answered && decision is Decision.Accepted && command is not AcceptCall)
            Assert.True(now.Participants.Count > 1 || !now.Ringing.IsEmpty || !now.CallerJoined);
    }

    private static void AssertSame(ConversationState expected, ConversationState actual)
    {
        var (one, other) = (Assert.IsType<CallState>(expected), Assert.IsType<CallState>(actual));
        Assert.Equal(Plain(one), Plain(other));
        Assert.True(one.Ringing.SetEquals(other.Ringing));
        Assert.True(one.Declined.SetEquals(other.Declined));
        Assert.Equal(one.Participants.OrderBy(p => p.Key.Value), other.Participants.OrderBy(p => p.Key.Value));
        Assert.Equal(one.Info?.Invited.Select(user => user.Value).Order(), other.Info?.Invited.Select(user => user.Value).Order());
    }

    private static CallState Plain(CallState state)
    {
        var empty = CallState.Empty(state.Stream);
        return state with { Ringing = [], Declined = [], Participants = empty.Participants, Info = state.Info is { } info ? info with { Invited = [] } : null };
    }

    private static Func<int, ConversationCommand> Always(ConversationCommand command) => _ => command;

    private static Func<int, ConversationCommand> Started() => step => new Record(
        Requester.OnBehalfOf(UserId.Parse("alice")), $"start {step}",
        new CallStarted(C1, Given.General, CallMedia.Audio, "Alice", [UserId.Parse("alice"), UserId.Parse("bob"), UserId.Parse("carol")]));
}
