using QuikApp.Actors.Calls;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Tests.Conversations;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using QuikApp.Protocol.Presence;
using static QuikApp.Actors.Conversations.ConversationCommand;
using static QuikApp.Protocol.Conversations.ConversationEvent;
using Record = QuikApp.Actors.Conversations.ConversationCommand.Record;

namespace QuikApp.Actors.Tests.Calls;

public sealed class CallRulesTests
{
    private static readonly Requester Alice = Given.Member("alice") with { Session = "alice-1" };
    private static readonly Requester Bob = Given.Member("bob") with { Session = "bob-1", Device = Device.Mobile };
    private static readonly Requester Bob2 = Bob with { Session = "bob-2", Device = Device.Desktop };
    private static readonly Requester Carol = Given.Member("carol") with { Session = "carol-1" };
    private static readonly CallId C1 = CallId.Parse("c1");
    private static readonly EndRinging RingingOver = new(Requester.OnBehalfOf(Alice.User));

    [Fact]
    public void Answered_ThenHungUp_LastsFromTheAnswer()
    {
        var call = Started(Alice, Bob);
        call.Must(new AcceptCall(Alice, Takeover: false));
        Assert.Equal(CallPhase.Ringing, State(call).Phase);

        call.Now += 5_000_000;
        Assert.Equal([new CallJoined(C1, Device.Mobile, "bob-1")], call.Journals(new AcceptCall(Bob, Takeover: false)));
        Assert.Equal(CallPhase.Answered, State(call).Phase);
        call.Now += 61_500_000;
        Assert.Equal([new CallLeft(C1), new CallEnded(C1, Given.General, CallEndReason.Ended, 61)], call.Journals(new EndCall(Bob)));
        call.Refuses(Refusal.CallEnded, new EndCall(Alice));
        call.Refuses(Refusal.CallEnded, new AcceptCall(Carol, Takeover: true));
        call.Repeats(RingingOver);
    }

    [Fact]
    public void Accept_OnTwoDevices_HasOneWinner()
    {
        var call = Started(Alice, Bob);
        call.Must(new AcceptCall(Alice, Takeover: false));
        call.Must(new AcceptCall(Bob, Takeover: false));
        call.Attached.Add("bob-1");

        call.Repeats(new AcceptCall(Bob, Takeover: false));
        call.Refuses(Refusal.AnsweredElsewhere, new AcceptCall(Bob2, Takeover: false));
        Assert.Equal([new CallJoined(C1, Device.Desktop, "bob-2")], call.Journals(new AcceptCall(Bob2, Takeover: true)));
        Assert.Equal("bob-2", State(call).Participants[Bob.User].Session);
    }

    [Fact]
    public void Accept_WhenTheFirstDeviceIsGone_NeedsNoTakeover()
    {
        var call = Started(Alice, Bob);
        call.Must(new AcceptCall(Bob, Takeover: false));
        call.Must(new AcceptCall(Bob2, Takeover: false));
        Assert.Equal("bob-2", State(call).Participants[Bob.User].Session);

        // The first socket's time to come back is over: it takes part no more, so nobody is dropped.
        call.Repeats(new DropParticipant(Requester.OnBehalfOf(Bob.User), "bob-1"));
    }

    [Fact]
    public void Decline_ByEverybody_EndsItAsDeclined()
    {
        var call = Started(Alice, Bob, Carol);
        call.Must(new AcceptCall(Alice, Takeover: false));

        Assert.Equal([new CallDeclined(C1, Busy: false)], call.Journals(new DeclineCall(Bob)));
        call.Repeats(new DeclineCall(Bob));
        Assert.Equal(
            [new CallDeclined(C1, Busy: true), new CallEnded(C1, Given.General, CallEndReason.Declined, 0)],
            call.Journals(new Record(Requester.OnBehalfOf(Carol.User), "busy", new CallDeclined(C1, Busy: true))));
    }

    [Fact]
    public void Decline_CanBeThoughtBetterOf()
    {
        var call = Started(Alice, Bob, Carol);
        call.Must(new DeclineCall(Bob));
        call.Must(new AcceptCall(Bob, Takeover: false));
        Assert.Empty(State(call).Declined);
        call.Repeats(new DeclineCall(Bob));
    }

    [Fact]
    public void NobodyAnswers_IsMissed()
    {
        var call = Started(Alice, Bob);
        Assert.Equal([new CallEnded(C1, Given.General, CallEndReason.Missed, 0)], call.Journals(RingingOver));
        call.Repeats(RingingOver);
        Started(Alice, Bob).Refuses(Refusal.Unauthorized, RingingOver with { By = Alice });
    }

    [Fact]
    public void CallerGivesUp_IsMissed()
    {
        var call = Started(Alice, Bob);
        Assert.Equal([new CallEnded(C1, Given.General, CallEndReason.Missed, 0)], call.Journals(new EndCall(Alice)));

        var gone = Started(Alice, Bob);
        gone.Must(new AcceptCall(Alice, Takeover: false));
        Assert.Equal(
            [new CallEnded(C1, Given.General, CallEndReason.Missed, 0)],
            gone.Journals(new DropParticipant(Requester.OnBehalfOf(Alice.User), "alice-1")));
    }

    [Fact]
    public void HangUp_WhileItRings_IsADecline_AndOfSomebodyElseForbidden()
    {
        var call = Started(Alice, Bob, Carol);
        Assert.Equal([new CallDeclined(C1, Busy: false)], call.Journals(new EndCall(Bob)));
        call.Refuses(Refusal.Forbidden, new EndCall(Given.Member("dave")));
    }

    [Fact]
    public void Group_GoesOnUntilOneIsLeft()
    {
        var call = Group();
        call.Must(new AcceptCall(Carol, Takeover: false));

        Assert.Equal([new CallLeft(C1)], call.Journals(new EndCall(Alice)));
        call.Must(new AcceptCall(Alice, Takeover: false));
        Assert.Equal([new CallLeft(C1)], call.Journals(new DropParticipant(Requester.OnBehalfOf(Carol.User), "carol-1")));
        Assert.Equal([new CallLeft(C1), new CallEnded(C1, Given.General, CallEndReason.Ended, 0)], call.Journals(new EndCall(Bob)));
    }

    [Fact]
    public void Group_WithOneLeft_WaitsAsLongAsItRings()
    {
        var call = Group();
        Assert.Equal([new CallLeft(C1)], call.Journals(new EndCall(Bob)));
        Assert.Equal(
            [new CallUnanswered(C1, [Carol.User]), new CallEnded(C1, Given.General, CallEndReason.Ended, 0)],
            call.Journals(RingingOver),
            CallEvents);
    }

    // Whom it rang for last declines: nobody is left who may come.
    [Fact]
    public void Group_WithOneLeft_EndsWithTheLastDecline()
    {
        var call = Group();
        call.Must(new EndCall(Bob));
        Assert.Equal(
            [new CallDeclined(C1, Busy: false), new CallEnded(C1, Given.General, CallEndReason.Ended, 0)],
            call.Journals(new DeclineCall(Carol)));
    }

    [Fact]
    public void RingingOver_InAGroup_TellsWhoMissedIt()
    {
        var call = Group();
        Assert.Equal([new CallUnanswered(C1, [Carol.User])], call.Journals(RingingOver), CallEvents);
        // Whoever missed the ringing may still come.
        call.Must(new AcceptCall(Carol, Takeover: false));
        call.Repeats(RingingOver);
    }

    [Fact]
    public void Drop_OfASocketThatCameBack_IsNothing()
    {
        var call = Group();
        call.Attached.Add("bob-1");
        call.Repeats(new DropParticipant(Requester.OnBehalfOf(Bob.User), "bob-1"));
        call.Attached.Remove("bob-1");
        call.Journals(new DropParticipant(Requester.OnBehalfOf(Bob.User), "bob-1"));
    }

    [Fact]
    public void WhoMayNotSeeTheChannel_SeesNoCallOfIt_AndAnAuditorTakesNoPart()
    {
        var call = Started(Alice, Bob);
        call.Refuses(Refusal.Unauthorized, new AcceptCall(Given.Stranger("eve"), Takeover: false));
        call.Refuses(Refusal.Forbidden, new AcceptCall(Given.Member("otto", Role.Auditor), Takeover: false));
        new Simulation(StreamId.Of(C1)).Refuses(Refusal.Unauthorized, new AcceptCall(Alice, Takeover: false));
    }

    private static Simulation Group()
    {
        var call = Started(Alice, Bob, Carol);
        call.Must(new AcceptCall(Alice, Takeover: false));
        call.Must(new AcceptCall(Bob, Takeover: false));
        return call;
    }

    private static Simulation Started(params Requester[] invited)
    {
        var call = new Simulation(StreamId.Of(C1)) { Parent = Conversation.Of(Given.Create(Requester.Server)).State };
        call.Must(new Record(
            Requester.OnBehalfOf(Alice.User), "start",
            new CallStarted(C1, Given.General, CallMedia.Audio, "Alice", [.. invited.Select(who => who.User)])));
        return call;
    }

    private static CallState State(Simulation call) => (CallState)call.State;

    // Lists of users would compare by reference.
    private static bool CallEvents(ConversationEvent one, ConversationEvent other) => (one, other) switch
    {
        (CallUnanswered a, CallUnanswered b) => a.Call == b.Call && a.Missed.SequenceEqual(b.Missed),
        _ => one == other,
    };
}
