using Akka.Actor;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Tests.Conversations;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Phoenix;
using static QuikApp.Actors.Conversations.ConversationMessages;
using static QuikApp.Actors.Delivery.HubMessages;

namespace QuikApp.Actors.Tests.Delivery;

/// <summary>A hub between a real conversation and subscribers that record.</summary>
public sealed class TopicHubTests(HubNode shared) : IClassFixture<HubNode>
{
    private static readonly Requester Ada = Given.Member("ada");
    private static readonly Requester Bob = Given.Member("bob");
    private static readonly Requester Eve = Given.Stranger("eve");

    private ConversationNode Node => shared.Node;

    [Fact]
    public async Task Join_ByAStranger_IsRefused()
    {
        var room = await Created("join-stranger");
        var eve = new FakeSubscriber(room, Eve);
        eve.RequestJoin();

        await eve.Told.First(m => m is ToSession.Refused);
    }

    [Fact]
    public async Task Join_OfATopicThatIsNotThere_IsRefused()
    {
        var ada = new FakeSubscriber(Node.Room("join-nowhere"), Ada);
        ada.RequestJoin();

        await ada.Told.First(m => m is ToSession.Refused);
    }

    [Fact]
    public async Task Join_ByAMember_DeliversNothingBeforeGoLive()
    {
        var room = await Created("go-live");
        var ada = new FakeSubscriber(room, Ada);
        Assert.Equal(1, (await ada.Join()).Head);
        var witness = await FakeSubscriber.Live(room, Bob);
        await room.Send(Bob, "too early");
        await witness.Event(2);
        Assert.Equal(["Joined"], ada.Story.Items);

        ada.GoLive(3);
        await room.Send(Bob, "heard");
        await ada.Event(3);
        Assert.Equal(["Joined", "message:new 3"], ada.Story.Items);
    }

    [Fact]
    public async Task GoLive_FromWithinTheWindow_DeliversExactlyWhatIsMissing()
    {
        var room = await Created("window");
        var witness = await FakeSubscriber.Live(room, Bob);
        await room.SendMany(Bob, 10);
        await witness.Event(11);
        var ada = new FakeSubscriber(room, Ada);
        await ada.Join();

        ada.GoLive(8);
        await ada.Event(11);
        await room.Send(Bob, "live");
        await ada.Event(12);

        Assert.Equal([8L, 9, 10, 11, 12], ada.Numbers);
    }

    [Fact]
    public async Task GoLive_FromBeyondTheWindow_SaysBehindAndDeliversNothing()
    {
        var room = await Created("behind");
        var witness = await FakeSubscriber.Live(room, Bob);
        await room.SendMany(Bob, HubNode.Window + 5);
        var head = HubNode.Window + 6L;
        await witness.Event(head);
        var ada = new FakeSubscriber(room, Ada);
        await ada.Join();

        ada.GoLive(6);
        Assert.Equal(new ToSession.Behind(6, head), await ada.Told.First(m => m is ToSession.Behind));
        ada.GoLive(7);
        await ada.Event(head);
        Assert.Equal(Enumerable.Range(7, HubNode.Window).Select(i => (long)i), ada.Numbers);
    }

    [Fact]
    public async Task GoLive_AtAHubThatSawNothingYet_SaysBehindForWhatWasBeforeIt()
    {
        var room = await Created("fresh-hub");
        await room.SendMany(Bob, 3);
        var ada = new FakeSubscriber(room, Ada);
        Assert.Equal(4, (await ada.Join()).Head);

        ada.GoLive(3);

        Assert.Equal(new ToSession.Behind(3, 4), await ada.Told.First(m => m is ToSession.Behind));
    }

    [Fact]
    public async Task Published_BehindAHole_IsDeliveredAfterTheHoleWasReadFromTheJournal()
    {
        var room = await Created("hole");
        var ada = await FakeSubscriber.Live(room, Ada);
        var conversation = await room.Listen(Probe.In(Node.System), Ada);
        // The hub is not registered while these are sent: their messages are lost on the way to it.
        Node.Region.Tell(new ReleaseLease(room.Stream, ada.Hub), ada.Hub);
        var receipts = new List<Receipt>();
        for (var i = 0; i < 7; i++)
            receipts.Add(await room.Send(Bob, $"message {i}"));
        var events = await room.Events();
        Assert.Empty(ada.Numbers);

        // What arrives while the hole is being read waits; what arrives twice is delivered once.
        ada.Hub.Tell(new Published([events[5]], []), conversation);
        ada.Hub.Tell(new Published([events[6], events[7]], []), conversation);
        ada.Hub.Tell(new Published([events[6]], []), conversation);
        await ada.Event(8);

        ada.Hub.Tell(new Published([events[4], events[5]], []), conversation);
        await room.Listen(Probe.In(Node.System), Ada);
        Node.Region.Tell(new RenewLease(room.Stream, ada.Hub), ada.Hub);
        await room.Send(Bob, "last");
        await ada.Event(9);
        Assert.Equal([2L, 3, 4, 5, 6, 7, 8, 9], ada.Numbers);
    }

    [Fact]
    public async Task LeaseRenewed_WithAHeadThatTheHubHasNotSeen_FillsTheHole()
    {
        var room = await Created("lease-hole");
        var ada = await FakeSubscriber.Live(room, Ada);
        var conversation = await room.Listen(Probe.In(Node.System), Ada);
        Node.Region.Tell(new ReleaseLease(room.Stream, ada.Hub), ada.Hub);
        await room.SendMany(Bob, HubNode.ResumePage + 3);
        Assert.Empty(ada.Numbers);

        ada.Hub.Tell(new LeaseRenewed(HubNode.ResumePage + 4), conversation);

        await ada.Event(HubNode.ResumePage + 4);
        Assert.Equal(Enumerable.Range(2, HubNode.ResumePage + 3).Select(i => (long)i), ada.Numbers);
    }

    [Fact]
    public async Task Published_BehindAHoleThatCannotBeRead_WaitsUntilItCan()
    {
        var room = await Created("unreadable-hole");
        var ada = await FakeSubscriber.Live(room, Ada);
        var conversation = await room.Listen(Probe.In(Node.System), Ada);
        Node.Region.Tell(new ReleaseLease(room.Stream, ada.Hub), ada.Hub);
        await room.SendMany(Bob, 4);
        var events = await room.Events();

        shared.Keys.Fails = true;
        ada.Hub.Tell(new Published([events[3]], []), conversation);
        await shared.Keys.Failures.Until(failures => failures.Count > 0);
        ada.Hub.Tell(new Published([events[4]], []), conversation);
        Assert.Empty(ada.Numbers);
        shared.Keys.Fails = false;

        await ada.Event(5);
        Assert.Equal([2L, 3, 4, 5], ada.Numbers);
    }

    [Fact]
    public async Task Conversation_ThatStops_GetsTheHubBackAndNothingIsMissed()
    {
        var room = await Created("restart");
        var ada = await FakeSubscriber.Live(room, Ada);
        await room.Send(Bob, "before");
        await ada.Event(2);
        var probe = Probe.In(Node.System);
        var conversation = await room.Listen(probe, Ada);
        conversation.Tell(Kill.Instance);
        await probe.Ended(conversation);
        await room.Awake();

        // Sent at once: the hub is likely not registered with the new incarnation yet.
        await room.SendMany(Bob, 20);

        await ada.Event(22);
        Assert.Single(ada.Told.Items, m => m is ToSession.OwnerChanged);
        await room.Send(Bob, "after");
        await ada.Event(23);
        Assert.Equal(Enumerable.Range(2, 22).Select(i => (long)i), ada.Numbers);
    }

    [Fact]
    public async Task Removal_OfAMember_IsTheLastThingTheyHear()
    {
        var room = await Created("removal", ChannelVisibility.Private);
        await room.Receipt(new ConversationCommand.AddMember(Ada, Eve.User));
        var ada = await FakeSubscriber.Live(room, Ada);
        var eve = await FakeSubscriber.Live(room, Eve);
        var catchingUp = new FakeSubscriber(room, Eve);
        await catchingUp.Join();

        var removal = room.Receipt(new ConversationCommand.RemoveMember(Eve, Eve.User));
        var after = room.Send(Ada, "she is gone");
        var (left, last) = ((await removal).Seq, (await after).Seq);

        await ada.Event(last);
        await catchingUp.Told.First(m => m is ToSession.Removed);
        catchingUp.GoLive(1);
        await room.Send(Ada, "still gone");
        await ada.Event(last + 1);
        Assert.Equal(["Joined", $"member:left {left}", "Removed"], eve.Story.Items);
        Assert.Equal(["Joined", "Removed"], catchingUp.Story.Items);

        var again = new FakeSubscriber(room, Eve);
        again.RequestJoin();
        await again.Told.First(m => m is ToSession.Refused);
    }

    [Fact]
    public async Task Removal_FromAPublicChannel_LeavesAWorkspacesUserInAndPutsAGuestOut()
    {
        var room = await Created("public-removal");
        var admin = Given.Member("admin", Protocol.Identity.Role.Admin);
        await room.Receipt(new ConversationCommand.AddMember(admin, Bob.User));
        await room.Receipt(new ConversationCommand.AddMember(admin, Eve.User));
        var bob = await FakeSubscriber.Live(room, Bob);
        var eve = await FakeSubscriber.Live(room, Eve);

        await room.Receipt(new ConversationCommand.RemoveMember(Bob, Bob.User));
        await room.Receipt(new ConversationCommand.RemoveMember(Eve, Eve.User));
        var last = await room.Send(Bob, "still here");
        await bob.Event(last.Seq);

        Assert.DoesNotContain("Removed", bob.Story.Items);
        Assert.Equal("Removed", eve.Story.Items[^1]);
    }

    [Fact]
    public async Task Removal_FilledInBehindAReturn_DoesNotPutTheMemberOut()
    {
        var room = await Created("return", ChannelVisibility.Private);
        await room.Receipt(new ConversationCommand.AddMember(Ada, Eve.User));
        var ada = await FakeSubscriber.Live(room, Ada);
        Node.Region.Tell(new ReleaseLease(room.Stream, ada.Hub), ada.Hub);
        await room.Receipt(new ConversationCommand.RemoveMember(Eve, Eve.User));
        var back = await room.Receipt(new ConversationCommand.AddMember(Ada, Eve.User));

        // Her access was granted behind the removal that the hub has yet to read.
        var eve = await FakeSubscriber.Live(room, Eve);
        await ada.Event(back.Seq);
        var next = await room.Send(Ada, "welcome back");
        await ada.Event(next.Seq);

        Assert.Equal(["Joined", $"message:new {next.Seq}"], eve.Story.Items);
    }

    [Fact]
    public async Task Deliver_ToSubscribersOfOneVersion_HandsOverTheSameFrame()
    {
        var room = await Created("same-frame");
        var v2 = new[] { await FakeSubscriber.Live(room, Ada), await FakeSubscriber.Live(room, Bob) };
        var v1 = new[] { await FakeSubscriber.Live(room, Ada, PhoenixVersion.V1), await FakeSubscriber.Live(room, Bob, PhoenixVersion.V1) };

        await room.Send(Ada, "once");
        foreach (var subscriber in v2.Concat(v1))
            await subscriber.Event(2);

        Assert.Same(Assert.Single(v2[0].Frames.Items), Assert.Single(v2[1].Frames.Items));
        Assert.Same(Assert.Single(v1[0].Frames.Items), Assert.Single(v1[1].Frames.Items));
        Assert.NotSame(v1[0].Frames.Items[0], v2[0].Frames.Items[0]);

        // Who catches up gets those bytes too.
        var late = new FakeSubscriber(room, Bob);
        await late.Join();
        late.GoLive(2);
        await late.Event(2);
        Assert.Same(v2[0].Frames.Items[0], late.Frames.Items[0]);
    }

    [Fact]
    public async Task Answer_ToAPushThroughTheHub_ComesBehindItsEvents()
    {
        var room = await Created("answers");
        var ada = await FakeSubscriber.Live(room, Ada);
        var session = new StoryTeller(ada);

        for (var i = 0; i < 100; i++)
            Node.Region.Tell(new Execute(room.Stream, room.Message(Ada, $"{i}"), i, session, ada.Hub), session);
        await ada.Story.First(s => s == "answer 101");

        foreach (var seq in Enumerable.Range(2, 100))
        {
            var story = ada.Story.Items.ToList();
            Assert.InRange(story.IndexOf($"message:new {seq}"), 0, story.IndexOf($"answer {seq}"));
        }
    }

    [Fact]
    public async Task Hub_ThatFails_TellsItsSubscribersAndALaterJoinWorks()
    {
        var room = await Created("fails");
        for (var i = 0; i < 50; i++)
        {
            var subscriber = await FakeSubscriber.Live(room, Ada);

            subscriber.Hub.Tell(Kill.Instance);

            Assert.IsType<ToSession.Failed>(await subscriber.Told.First(m => m is not ToSession.Joined));
            var again = await FakeSubscriber.Live(room, Ada);
            var sent = await room.Send(Ada, "heard");
            await again.Event(sent.Seq);
            again.Leave();
        }
    }

    [Fact]
    public async Task Leave_OfTheLast_StopsTheHubAndALaterJoinWorks()
    {
        var room = await Created("empty");
        var ada = await FakeSubscriber.Live(room, Ada);
        var bob = await FakeSubscriber.Live(room, Bob);
        Assert.Equal(ada.Hub, bob.Hub);
        var probe = Probe.In(Node.System);
        var ended = probe.Ended(ada.Hub);

        ada.Leave();
        await room.Send(Ada, "one left");
        await bob.Event(2);
        Assert.False(ended.IsCompleted);
        Assert.Empty(ada.Numbers);
        bob.Leave();
        await ended;

        var again = await FakeSubscriber.Live(room, Ada);
        Assert.NotEqual(bob.Hub, again.Hub);
        await room.Send(Ada, "new hub");
        Assert.Equal("message:new 3", await again.Event(3));
    }

    [Fact]
    public async Task Join_RefusedOfTheOnlySubscriber_StopsTheHub()
    {
        var room = await Created("only-stranger");
        for (var i = 0; i < 3; i++)
        {
            var eve = new FakeSubscriber(room, Eve);
            eve.RequestJoin();
            await eve.Told.First(m => m is ToSession.Refused);
        }

        var ada = await FakeSubscriber.Live(room, Ada);
        await room.Send(Bob, "heard");
        await ada.Event(2);
    }

    [Fact]
    public async Task Join_AtTheMomentTheHubEmpties_IsServed()
    {
        var room = await Created("race");
        for (var i = 0; i < 50; i++)
        {
            var first = await FakeSubscriber.Live(room, Ada);
            var second = new FakeSubscriber(room, Bob);
            first.Leave();
            var joined = await second.Join();
            second.GoLive(joined.Head + 1);
            var sent = await room.Send(Ada, $"{i}");
            await second.Event(sent.Seq);
            second.Leave();
        }
    }

    private async Task<Room> Created(string channel, ChannelVisibility visibility = ChannelVisibility.Public)
    {
        var room = Node.Room(channel);
        await room.Create(Ada, visibility);
        return room;
    }

    // Records on the hub's own thread: a mailbox would hide an answer that comes too early.
    private sealed class StoryTeller(FakeSubscriber subscriber) : MinimalActorRef
    {
        public override ActorPath Path { get; } = new RootActorPath(Address.AllSystems) / "session";

        public override IActorRefProvider Provider => throw new NotSupportedException();

        protected override void TellInternal(object message, IActorRef sender) =>
            subscriber.Story.Add($"answer {((Executed)message).Receipt!.Seq}");
    }
}
