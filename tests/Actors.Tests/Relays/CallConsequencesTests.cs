using QuikApp.Actors.Calls;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Relays;
using QuikApp.Actors.Tests.Conversations;
using QuikApp.Actors.Users;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Presence;
using static QuikApp.Protocol.Conversations.ConversationEvent;

namespace QuikApp.Actors.Tests.Relays;

/// <summary>What users and the channel hear of a call.</summary>
public sealed class CallConsequencesTests
{
    private static readonly CallId C1 = CallId.Parse("c1");

    [Fact]
    public void Started_RingsForEverybodyButTheCaller() => Assert.Equal(
        ["user-bob CallRang", "user-carol CallRang", "user-dave CallRang"],
        Told(("alice", Started("alice", "bob", "carol", "dave"))));

    [Fact]
    public void Joined_IsToldToTheUsersOwnDevices() => Assert.Equal(
        ["user-bob CallAnswered"],
        Told(("alice", Started("alice", "bob")), ("bob", new CallJoined(C1, Device.Mobile, "s"))));

    [Fact]
    public void Declined_StopsTheRinging_ButWhoIsBusyHasAMissedCallAlready()
    {
        Assert.Equal(["user-bob CallEnded Declined 0"], Told(("alice", Started("alice", "bob", "carol")), ("bob", new CallDeclined(C1, Busy: false))));
        Assert.Empty(Told(("alice", Started("alice", "bob", "carol")), ("bob", new CallDeclined(C1, Busy: true))));
    }

    [Fact]
    public void Unanswered_IsMissedByEachOfThem() => Assert.Equal(
        ["user-bob CallEnded Missed 0", "user-carol CallEnded Missed 0"],
        Told(("alice", Started("alice", "bob", "carol")), ("alice", new CallUnanswered(C1, [UserId.Parse("bob"), UserId.Parse("carol")]))));

    [Fact]
    public void Left_IsTheEndForWhoLeft() => Assert.Equal(
        ["user-bob CallEnded Ended 4"],
        Told(
            ("alice", Started("alice", "bob", "carol")), ("alice", new CallJoined(C1, Device.Web, "a")), ("bob", new CallJoined(C1, Device.Web, "b")),
            ("carol", new CallJoined(C1, Device.Web, "c")), ("carol", new CallDeclined(C1, Busy: false)), ("alice", new CallDeclined(C1, Busy: false)),
            ("bob", new CallLeft(C1))));

    // Whoever left or declined has heard of the end already.
    [Fact]
    public void Ended_IsRecordedInTheChannel_AndToldByTheirPartInIt() => Assert.Equal(
        ["channel-general CallEnded Ended 9", "user-alice CallEnded Ended 9", "user-bob CallEnded Ended 9", "user-erin CallEnded Missed 0"],
        Told(
            ("alice", Started("alice", "bob", "carol", "dave", "erin")), ("alice", new CallJoined(C1, Device.Web, "a")), ("bob", new CallJoined(C1, Device.Web, "b")),
            ("carol", new CallJoined(C1, Device.Web, "c")), ("carol", new CallLeft(C1)), ("dave", new CallDeclined(C1, Busy: false)),
            ("bob", new CallEnded(C1, Given.General, CallEndReason.Ended, 9))));

    [Fact]
    public void Ended_IsToldToACallerWhoNeverCame() => Assert.Equal(
        ["channel-general CallEnded Missed 0", "user-alice CallEnded Missed 0", "user-bob CallEnded Missed 0"],
        Told(("alice", Started("alice", "bob")), ("alice", new CallEnded(C1, Given.General, CallEndReason.Missed, 0))));

    [Fact]
    public void EveryEventOfACall_OwesUntilItIsToldElsewhere()
    {
        var state = CallState.Empty(StreamId.Of(C1)).Apply(Numbered(1, "alice", Started("alice", "bob")));
        Assert.True(Consequences.Has(state, Numbered(1, "alice", Started("alice", "bob")), before: null));
    }

    // The other call may be over when this is told: that it was missed stays true.
    [Fact]
    public void BusyUser_DeclinesInTheirName_WhateverHappenedSince()
    {
        var user = StreamId.Of(UserId.Parse("bob"));
        var busy = UserState.Empty(user).Apply(new NumberedEvent(user, 1, 1, UserId.Parse("bob"), new CallAnswered(CallId.Parse("c0"), Device.Web)));
        var missed = new NumberedEvent(user, 2, 2, UserId.Parse("alice"), new CallEnded(C1, Given.General, CallEndReason.Missed, 0));
        busy = busy.Apply(missed);
        Assert.True(Consequences.Has(busy, missed, before: null));

        var free = busy.Apply(new NumberedEvent(user, 3, 3, UserId.Parse("bob"), new CallEnded(CallId.Parse("c0"), Given.General, CallEndReason.Ended, 1)));
        foreach (var state in new[] { busy, free })
        {
            var told = Assert.Single(Consequences.Of(state, missed, new RelayFacts(null, null, null)));
            Assert.Equal(StreamId.Of(C1), told.Target);
            Assert.Equal("bob", told.Command.By.User.Value);
            Assert.Equal(new CallDeclined(C1, Busy: true), ((ConversationCommand.Record)told.Command).Event);
        }

        Assert.False(Consequences.Has(free, missed with { Seq = 4 }, before: null));
        Assert.False(Consequences.Has(busy, missed with { Event = new CallEnded(CallId.Parse("c0"), Given.General, CallEndReason.Missed, 0) }, before: null));
    }

    private static CallStarted Started(params string[] invited) =>
        new(C1, Given.General, CallMedia.Audio, "Alice", [.. invited.Select(UserId.Parse)]);

    private static NumberedEvent Numbered(long seq, string by, ConversationEvent e) =>
        new(StreamId.Of(C1), seq, seq * 1_000_000, UserId.Parse(by), e);

    // What follows from the last of these events: one a second.
    private static IEnumerable<string> Told(params (string By, ConversationEvent Event)[] events)
    {
        var state = CallState.Empty(StreamId.Of(C1));
        NumberedEvent? last = null;
        foreach (var (by, e) in events)
            state = (CallState)state.Apply(last = Numbered(state.Seq + 1, by, e));
        return Consequences.Of(state, last!, new RelayFacts(null, null, null))
            .Select(told => (told.Target, ((ConversationCommand.Record)told.Command).Event))
            .Select(told => told.Event is CallEnded ended ? $"{told.Target} CallEnded {ended.Reason} {ended.Duration}" : $"{told.Target} {told.Event.GetType().Name}")
            .Order();
    }
}
