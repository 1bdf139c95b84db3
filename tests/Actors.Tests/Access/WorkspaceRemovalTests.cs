using Akka.Actor;
using QuikApp.Actors.Access;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Delivery;
using QuikApp.Actors.Tests.Conversations;
using QuikApp.Actors.Tests.Delivery;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using static QuikApp.Actors.Conversations.ConversationCommand;
using static QuikApp.Actors.Conversations.ConversationMessages;
using static QuikApp.Actors.Delivery.HubMessages;

namespace QuikApp.Actors.Tests.Access;

/// <summary>What changes in a workspace is felt by those who listen to its channels and threads.</summary>
public sealed class WorkspaceRemovalTests(HubNode shared) : IClassFixture<HubNode>
{
    private ConversationNode Node => shared.Node;

    [Fact]
    public async Task Removal_EndsChannelAndThread_AndNothingLaterIsDelivered()
    {
        var town = await Town.Create(Node, "removal", "ada", "bob");
        var channel = await town.Open("hall");
        var (thread, _) = await town.Thread(channel, "ada");
        foreach (var room in new[] { channel, thread })
        {
            var (ada, bob) = (await FakeSubscriber.Live(room, town["ada"]), await FakeSubscriber.Live(room, town["bob"]));
            await Heard(room, town["ada"], ada, bob);

            await town.Workspace.Receipt(new RemoveMember(Requester.Server, town["bob"].User));
            await bob.Told.First(m => m is ToSession.Removed);
            var before = bob.Numbers.Count;
            await Heard(room, town["ada"], ada);
            Assert.Equal(before, bob.Numbers.Count);
            Assert.Equal(nameof(ToSession.Removed), bob.Story.Items[^1]);

            var again = new FakeSubscriber(room, town["bob"]);
            again.RequestJoin();
            Assert.Equal(new ToSession.Refused(Refusal.Unauthorized), await again.Told.First(_ => true));
            await town.Change(new AddMember(Requester.Server, town["bob"].User));
            await FakeSubscriber.Live(room, town["bob"]);
        }
    }

    // While it is asked whether they may stay nothing is delivered to them, and everything afterwards.
    [Fact]
    public async Task WhoMayStay_MissesNothingAndGetsNothingTwice()
    {
        var town = await Town.Create(Node, "stay", "ada", "bob");
        var channel = await town.Open("hall");
        var bob = await FakeSubscriber.Live(channel, town["bob"]);

        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < 15; i++)
                await channel.SendMany(town["ada"], 4);
        });
        foreach (var role in new[] { Role.Moderator, Role.Member, Role.Moderator, Role.Member, Role.Moderator })
            await town.Workspace.Receipt(new AddMember(Requester.Server, town["bob"].User, role));
        await sending;

        await bob.Event(61);
        Assert.DoesNotContain(bob.Told.Items, m => m is ToSession.Removed or ToSession.Failed);
        if (!bob.Told.Items.Any(m => m is ToSession.Behind))
            Assert.Equal(Enumerable.Range(2, 60).Select(i => (long)i), bob.Numbers);
    }

    // An answer that was given before the removal lets nobody stay after it.
    [Fact]
    public async Task Removal_WhileTheLastChangeIsStillAskedAbout_IsAskedAboutItself()
    {
        var room = Node.Room("asked-twice");
        var conversation = Probe.In(Node.System);
        var hub = Node.System.ActorOf(Props.Create(() => new TopicHub(room.Topic, conversation.Ref, Node.Services)));
        var bob = new FakeSubscriber(room, Given.Member("bob"));
        hub.Tell(new Join(room.Topic, bob));
        hub.Tell(new AccessGranted((await conversation.Expect<RequestAccess>()).Correlation, 5, null, []), conversation.Ref);
        await bob.Told.First(m => m is ToSession.Joined);
        hub.Tell(new GoLive(bob, 6), ActorRefs.NoSender);

        hub.Tell(new AccessChanged(bob.Requester.User));
        var before = await conversation.Expect<RequestAccess>(2);
        hub.Tell(new AccessChanged(bob.Requester.User));
        await conversation.Expect<RequestAccess>(3);
        hub.Tell(new AccessGranted(before.Correlation, 5, null, []), conversation.Ref);
        var event6 = new NumberedEvent(room.Stream, 6, 6, bob.Requester.User, new ConversationEvent.MessageDeleted(MessageId.Parse("m1")));
        hub.Tell(new Published([event6], []), conversation.Ref);

        // The hub asks until it is told.
        var removed = bob.Told.First(m => m is ToSession.Removed);
        for (var nth = 3; !removed.IsCompleted; nth++)
        {
            hub.Tell(new AccessRefused((await conversation.Expect<RequestAccess>(nth)).Correlation, Refusal.Unauthorized), conversation.Ref);
            await Task.WhenAny(removed, conversation.Expect<RequestAccess>(nth + 1));
        }

        await removed;
        Assert.Equal(["Joined", "Removed"], bob.Story.Items);
    }

    [Fact]
    public async Task Copy_OfAWorkspaceThatStopped_IsFetchedAgain()
    {
        var town = await Town.Create(Node, "stopped", "ada", "bob");
        var channel = await town.Open("hall");
        var bob = await FakeSubscriber.Live(channel, town["bob"]);
        await town.Workspace.Unload(town["ada"]);
        await town.Workspace.Awake();

        await town.Workspace.Receipt(new RemoveMember(Requester.Server, town["bob"].User));
        await bob.Told.First(m => m is ToSession.Removed);
    }

    // The removal itself was lost on the way: the next event shows it, and until then its readers wait.
    [Fact]
    public async Task Copy_ThatMissedAnEvent_IsFetchedAgain()
    {
        var town = await Town.Create(Node, "missed", "ada", "bob", "carol");
        var channel = await town.Open("hall");
        var bob = await FakeSubscriber.Live(channel, town["bob"]);
        var keeper = await Node.System.ActorSelection("/user/replicas").ResolveOne(ConversationNode.Patience);
        Node.Region.Tell(new ReleaseLease(town.Workspace.Stream, keeper), keeper);
        await town.Workspace.Receipt(new RemoveMember(Requester.Server, town["bob"].User));
        await town.Workspace.Receipt(new RemoveMember(Requester.Server, town["carol"].User));
        Assert.DoesNotContain(bob.Told.Items, m => m is ToSession.Removed);

        var events = await town.Workspace.Events();
        keeper.Tell(new Published([events[^1]], []), ActorRefs.NoSender);
        await bob.Told.First(m => m is ToSession.Removed);
        var roster = (Actors.Workspaces.WorkspaceState)await Node.Services.Replicas.Get(town.Workspace.Stream, CancellationToken.None);
        Assert.Equal(events[^1].Seq, roster.Seq);
        Assert.Equal([town["ada"].User], roster.Members.Keys);
    }

    [Fact]
    public async Task WorkspaceThatDoesNotAnswer_LetsNobodyIn()
    {
        var town = await Town.Create(Node, "silent", "ada");
        var channel = await town.Open("hall");
        await FakeSubscriber.Live(channel, town["ada"]);
        shared.Keys.Fails = true;
        try
        {
            await town.Workspace.Unload(town["ada"]);
            await ConversationNode.Eventually(() => !Node.Services.Replicas.TryGet(town.Workspace.Stream, out _));
            var late = new FakeSubscriber(channel, town["ada"]);
            late.RequestJoin();
            Assert.Equal(new ToSession.Refused(Refusal.Unavailable), await late.Told.First(_ => true));
            await Assert.ThrowsAsync<AccessUnknownException>(async () => await Node.Services.Replicas.Get(town.Workspace.Stream, CancellationToken.None));
        }
        finally
        {
            shared.Keys.Fails = false;
        }

        await FakeSubscriber.Live(channel, town["ada"]);
    }

    private static async Task Heard(Room room, Requester by, params FakeSubscriber[] all)
    {
        var sent = await room.Send(by, "heard?");
        foreach (var subscriber in all)
            await subscriber.Event(sent.Seq);
    }
}
