using Akka.Actor;
using QuikApp.Actors.Presence;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using QuikApp.Protocol.Presence;
using static QuikApp.Actors.Delivery.HubMessages;

namespace QuikApp.Actors.Tests.Presence;

/// <summary>The hub of a workspace's presence on one node.</summary>
public sealed class PresenceHubTests : IAsyncLifetime
{
    private const string Workspace = "w";
    private PresenceTestNode _node = null!;
    private IActorRef _hub = ActorRefs.Nobody;

    public async Task InitializeAsync()
    {
        _node = await PresenceTestNode.Start();
        var (node, view, topic) = (_node.Node, _node.View, new Topic(TopicKind.Presence, Workspace));
        var made = new TaskCompletionSource<IActorRef>();
        _node.System.ActorOf(Props.Create(() => new Parent(Props.Create(() => new PresenceHub(topic, node, view, TimeProvider.System, null)), made)));
        _hub = await made.Task;
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task List_JoinedAtAnyMomentAndLiveAtAnyLater_MissesNothingAndHasNothingTwice()
    {
        var random = new Random(1);
        var keepers = new List<(ListKeeper Keeper, ToSession.Joined Joined)>();
        var version = 0L;
        for (var i = 0; i < 60; i++)
        {
            // The world changes between the steps of every join.
            for (var change = 0; change < 5; change++)
            {
                var user = $"u{random.Next(30)}";
                if (random.Next(2) == 0)
                    _node.Open(user, Workspace, (Device)random.Next(3));
                else
                    _node.Set(user, (PresenceStatus)random.Next(4), ++version);
            }

            var keeper = new ListKeeper(PresenceTestNode.Given($"viewer{i}", Workspace), (PresenceFormat)(i % 2));
            _hub.Tell(new Join(new Topic(TopicKind.Presence, Workspace), keeper, keeper.Format));
            keepers.Add((keeper, await keeper.Joined()));
            if (random.Next(2) == 0)
                GoLiveOne();
        }

        while (keepers.Count > _live)
            GoLiveOne();
        _node.Open("last", Workspace);

        var end = (await AtTheEnd()).Select(p => $"{p.User} {PresenceWords.Text(p.Status)}").ToList();
        Assert.True(end.Count > 5);
        foreach (var (keeper, _) in keepers)
        {
            await Eventually.True(() => Task.FromResult(keeper.List.SequenceEqual(end.Order(StringComparer.Ordinal))), "the list is that of everybody");
            Assert.Empty(keeper.Misfits.Items);
        }

        void GoLiveOne()
        {
            var (keeper, joined) = keepers[_live++];
            joined.Hub.Tell(new GoLive(keeper, joined.Head + 1), ActorRefs.NoSender);
        }
    }

    // What a client does: connect, and join at once.
    [Fact]
    public async Task List_OfWhoHasJustConnected_HasThemselves()
    {
        using (_node.Access.Hold("ada"))
        {
            _node.Open("ada", Workspace);
            await _node.Access.Held;
        }

        var held = _node.Access.Hold("bob");
        _node.Open("bob", Workspace);
        await _node.Access.Held;
        var (ada, bob) = (Keeper("ada"), Keeper("bob"));
        Join(bob);
        Join(ada);
        await ada.Joined();
        Assert.Equal(["ada online"], ada.List);
        Assert.Empty(bob.Told.Items);

        held.Dispose();
        await bob.Joined();
        Assert.Equal(["ada online", "bob online"], bob.List);

        ListKeeper Keeper(string user) => new(PresenceTestNode.Given(user, Workspace), PresenceFormat.Events);

        void Join(ListKeeper keeper) => _hub.Tell(new Join(new Topic(TopicKind.Presence, Workspace), keeper));
    }

    [Fact]
    public async Task Join_OfWhoDoesNotBelong_IsRefused_AndOfWhoBelongsNoMoreEnds()
    {
        var ada = new ListKeeper(PresenceTestNode.Given("ada", Workspace), PresenceFormat.Events);
        _hub.Tell(new Join(new Topic(TopicKind.Presence, Workspace), ada));
        var joined = await ada.Joined();
        joined.Hub.Tell(new GoLive(ada, 1));
        var stranger = new ListKeeper(PresenceTestNode.Given("eve", "elsewhere"), PresenceFormat.Events);
        _hub.Tell(new Join(new Topic(TopicKind.Presence, Workspace), stranger));
        Assert.Equal(new ToSession.Refused(Refusal.Unauthorized), await stranger.Told.First(_ => true));

        _node.Access.PutOut("ada");
        _node.System.EventStream.Publish(new PresenceMessages.AccessChanged(UserId.Parse("ada"), WorkspaceId.Parse(Workspace)));
        await ada.Told.First(m => m is ToSession.Removed);

        var watch = _node.Watch(Workspace);
        await watch.Ready;
        _node.Open("bob", Workspace);
        await watch.Tells("join bob [web]");
        Assert.Empty(ada.List);
    }

    [Fact]
    public async Task Hub_ThatFails_TellsItsSubscribers()
    {
        var ada = new ListKeeper(PresenceTestNode.Given("ada", Workspace), PresenceFormat.Events);
        _hub.Tell(new Join(new Topic(TopicKind.Presence, Workspace), ada));
        await ada.Joined();

        _hub.Tell(new PresenceMessages.Watched(default));

        await ada.Told.First(m => m is ToSession.Failed);
    }

    private int _live;

    private async Task<IReadOnlyList<UserPresence>> AtTheEnd()
    {
        await Eventually.True(async () => (await _node.Snapshot(Workspace)).Any(p => p.User.Value == "last"), "the last one is online");
        return await _node.Snapshot(Workspace);
    }

    // As the node's hubs are to it.
    private sealed class Parent : ReceiveActor
    {
        public Parent(Props hub, TaskCompletionSource<IActorRef> made)
        {
            Receive<HubEmpty>(m => Sender.Tell(m));
            Receive<HubFailed>(m =>
            {
                foreach (var subscriber in m.Subscribers)
                    subscriber.Tell(new ToSession.Failed());
            });
            made.SetResult(Context.ActorOf(hub));
        }

        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);
    }
}
