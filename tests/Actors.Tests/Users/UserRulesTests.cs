using QuikApp.Actors.Conversations;
using QuikApp.Actors.Tests.Conversations;
using QuikApp.Actors.Users;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using QuikApp.Protocol.Presence;
using static QuikApp.Actors.Conversations.ConversationCommand;
using static QuikApp.Protocol.Conversations.ConversationEvent;
using MarkRead = QuikApp.Actors.Conversations.ConversationCommand.MarkRead;
using Record = QuikApp.Actors.Conversations.ConversationCommand.Record;

namespace QuikApp.Actors.Tests.Users;

public sealed class UserRulesTests
{
    private static readonly Requester Alice = Given.Member("alice");
    private static readonly CallId C1 = CallId.Parse("c1");
    private static readonly CallId C2 = CallId.Parse("c2");

    [Fact]
    public void EverythingOfAnother_IsUnauthorized()
    {
        var user = User();
        var bob = Given.Member("bob", Role.Moderator);
        user.Refuses(Refusal.Unauthorized, new MarkRead(bob, Given.General, null, 0));
        user.Refuses(Refusal.Unauthorized, new SetStatus(bob, PresenceStatus.Away, null, null));
        user.Refuses(Refusal.Unauthorized, new Revoke(bob, 1));
        user.Refuses(Refusal.Unauthorized, new Record(Alice, "x", new ChannelLeft(Given.General)));

        Assert.Equal([new AccessRevoked()], user.Journals(new Revoke(Alice, 2)));
        Assert.Equal([new AccessRevoked()], user.Journals(new Revoke(Given.Stranger("root", Role.Admin), 3)));
    }

    [Fact]
    public void Mark_NeverGoesBack()
    {
        var user = User();
        user.Reads = new ReadFacts(Head: 10, Marked: 0, Unread: 3, Mentions: 1);

        var receipt = user.Must(new MarkRead(Alice, Given.General, null, 7));
        Assert.Equal(new ReadMarked(Given.General, null, 7, 3, 1), user.Events[^1].Event);
        Assert.Equal((3, 1), (receipt.Unread, receipt.Mentions));
        foreach (var upTo in new[] { 7, 6, 0 })
            Assert.Equal((3, 1), (user.Repeats(new MarkRead(Alice, Given.General, null, upTo)).Unread, receipt.Mentions));
        user.Refuses(Refusal.InvalidCursor, new MarkRead(Alice, Given.General, null, 11));
        user.Must(new MarkRead(Alice, Given.General, null, 10));
    }

    [Fact]
    public void Status_IsJournaledWhenItChanges_AndMustLieAhead()
    {
        var user = User();
        user.Journals(new SetStatus(Alice, PresenceStatus.Away, "Lunch", null));
        user.Repeats(new SetStatus(Alice, PresenceStatus.Away, "Lunch", null));
        user.Journals(new SetStatus(Alice, PresenceStatus.Away, null, user.Now + 1));
        Assert.Equal(new StatusRegister(PresenceStatus.Away, null, user.Now + 1, 2), ((UserState)user.State).Status);

        foreach (var past in new[] { user.Now, user.Now - 1, 0 })
            user.Refuses(Refusal.InvalidPayload(PayloadFault.OutOfRange, "expiresAt"), new SetStatus(Alice, PresenceStatus.Away, null, past));
    }

    [Fact]
    public void CallWhileInAnother_IsMissedAndDoesNotRing()
    {
        var user = User();
        Assert.Equal([Rang(C1)], user.Journals(Told(Rang(C1))));
        user.Must(Told(new CallAnswered(C1, Device.Web)));

        Assert.Equal([new CallEnded(C2, Given.General, CallEndReason.Missed, 0)], user.Journals(Told(Rang(C2))));
        Assert.Equal(C1, ((UserState)user.State).Call);
        // The same call rings on, and its end makes room for the next one.
        Assert.Equal([Rang(C1)], user.Journals(Told(Rang(C1), "again")));
        user.Must(Told(new CallEnded(C1, Given.General, CallEndReason.Ended, 3)));
        Assert.Equal([Rang(C2)], user.Journals(Told(Rang(C2), "later")));
    }

    [Fact]
    public void Memberships_AreKeptOnce()
    {
        var user = User();
        var joined = new ChannelJoined(Given.General, Given.Demo, "General", ChannelVisibility.Private);
        user.Repeats(Told(new ChannelLeft(Given.General)));
        user.Must(Told(joined));
        user.Repeats(Told(joined, "again"));
        Assert.Equal([new ChannelMembership(Given.General, Given.Demo, ChannelVisibility.Private)], ((UserState)user.State).Channels.Values);
        Assert.Equal([new ChannelLeft(Given.General)], user.Journals(Told(new ChannelLeft(Given.General), "left")));
        user.Refuses(Refusal.InvalidEvent, Told(new StatusSet(PresenceStatus.Online, null, null)));
    }

    private static Simulation User() => new(StreamId.Of(Alice.User));

    private static CallRang Rang(CallId call) => new(call, Given.General, CallMedia.Audio, "Bob");

    private static Record Told(ConversationEvent e, string origin = "") => new(Requester.OnBehalfOf(UserId.Parse("bob")), $"{e}{origin}", e);
}
