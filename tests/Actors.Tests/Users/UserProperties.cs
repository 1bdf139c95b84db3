using CsCheck;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Tests.Conversations;
using QuikApp.Actors.Users;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Presence;
using static QuikApp.Actors.Conversations.ConversationCommand;
using static QuikApp.Protocol.Conversations.ConversationEvent;
using MarkRead = QuikApp.Actors.Conversations.ConversationCommand.MarkRead;
using Record = QuikApp.Actors.Conversations.ConversationCommand.Record;

namespace QuikApp.Actors.Tests.Users;

/// <summary>What holds for every interleaving of what a user does and is told.</summary>
public sealed class UserProperties
{
    private static readonly Requester Alice = Given.Member("alice");
    private static readonly Gen<Requester> Who = Interleavings.OneOf(Alice, Alice, Given.Member("bob", Role.Admin));
    private static readonly Gen<CallId> Call = Gen.Int[0, 2].Select(i => CallId.Parse($"c{i}"));
    private static readonly Gen<ChannelId> Channel = Gen.Int[0, 2].Select(i => ChannelId.Parse($"c{i}"));

    private static readonly Gen<Func<int, ConversationCommand>> Command = Gen.Frequency(
        (3, Gen.Select(Who, Gen.Int[0, 12], (by, upTo) => Always(new MarkRead(by, Given.General, null, upTo)))),
        (2, Gen.Select(Who, Gen.Enum<PresenceStatus>(), Gen.Bool, (by, status, lapses) => Always(new SetStatus(by, status, null, lapses ? 1_790_000_010_000_000 : null)))),
        (1, Gen.Select(Who, Gen.Int[1, 3], (by, before) => Always(new Revoke(by, before)))),
        (2, Call.Select(call => Told(new CallRang(call, Given.General, CallMedia.Audio, "Bob")))),
        (2, Call.Select(call => Told(new CallAnswered(call, Device.Web)))),
        (2, Gen.Select(Call, Gen.Enum<CallEndReason>(), (call, reason) => Told(new CallEnded(call, Given.General, reason, 1)))),
        (2, Channel.Select(channel => Told(new ChannelJoined(channel, Given.Demo, "x", ChannelVisibility.Private)))),
        (2, Channel.Select(channel => Told(new ChannelLeft(channel)))),
        (1, Gen.Const(Told(new NotificationCreated(NotificationKind.Mention, Given.General, null, MessageId.Parse("m1"), 1, "hi")))));

    [Fact]
    public void Decide_AnyInterleaving_MarksRiseAndACallRingsOnlyWhoIsFree() => Interleavings.Sample(
        Command,
        () => new Simulation(StreamId.Of(Alice.User)) { Reads = new ReadFacts(10, 0, 1, 0) },
        AssertSame,
        (before, command, user, decision) =>
        {
            if (decision is not Decision.Accepted accepted)
                return;
            var marks = user.Events.Select(e => e.Event).OfType<ReadMarked>().Select(m => m.UpTo).ToList();
            Assert.Equal(marks.Distinct().Order(), marks);
            if (accepted.Events.Any(e => e.Event is CallRang rang && ((UserState)before).Call is { } other && other != rang.Call))
                Assert.Fail("it rang at a user in another call");
            if (!command.By.IsServer && command.By.User != Alice.User)
                Assert.IsType<Revoke>(command);
        });

    private static void AssertSame(ConversationState expected, ConversationState actual)
    {
        var (one, other) = (Assert.IsType<UserState>(expected), Assert.IsType<UserState>(actual));
        var none = UserState.Empty(one.Stream).Channels;
        Assert.Equal(one with { Channels = none }, other with { Channels = none });
        Assert.Equal(one.Channels.OrderBy(c => c.Key.Value), other.Channels.OrderBy(c => c.Key.Value));
    }

    private static Func<int, ConversationCommand> Always(ConversationCommand command) => _ => command;

    private static Func<int, ConversationCommand> Told(ConversationEvent e) => step => new Record(Requester.OnBehalfOf(UserId.Parse("bob")), $"{step}", e);
}
