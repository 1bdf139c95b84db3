using Akka.Actor;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Tests.Conversations;
using QuikApp.Actors.Tests.Delivery;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using static QuikApp.Actors.Conversations.ConversationCommand;
using static QuikApp.Actors.Conversations.ConversationMessages;
using static QuikApp.Actors.Delivery.HubMessages;

namespace QuikApp.Actors.Tests.Nodes;

/// <summary>A conversation that lives on one node, for people on all three.</summary>
public sealed class AcrossNodesTests(ConversationCluster cluster) : IClassFixture<ConversationCluster>
{
    [Fact]
    public async Task Sends_FromEveryNode_AreAcknowledged_AndDeliveredEverywhereInOrderOnce()
    {
        var town = await Town.Create(cluster.A, "deliver", "ada", "bob", "carol");
        var channel = await cluster.ChannelOn(cluster.B, town, "hall");
        var listeners = await Listen(channel, town["bob"]);

        var receipts = await Task.WhenAll(cluster.All.Select(node => node.Room(channel.Stream).SendMany(town["ada"], 40)));

        Assert.Equal(Enumerable.Range(2, 120).Select(i => (long)i), receipts.SelectMany(r => r).Select(r => r.Seq).Order());
        foreach (var listener in listeners)
        {
            await listener.Event(121);
            Assert.Equal(Enumerable.Range(2, 120).Select(i => (long)i), listener.Numbers);
        }
    }

    [Fact]
    public async Task Answers_ThroughAHubElsewhere_ComeBehindTheirEvent()
    {
        var town = await Town.Create(cluster.A, "behind", "ada");
        var channel = await cluster.ChannelOn(cluster.B, town, "hall");
        var room = cluster.C.Room(channel.Stream);
        var listener = await FakeSubscriber.Live(room, town["ada"]);
        var session = Probe.In(cluster.C.System);

        cluster.C.Region.Tell(new Execute(room.Stream, room.Message(town["ada"], "hello"), 17, session.Ref, listener.Hub));

        var answer = await session.Expect<Executed>();
        Assert.Equal(17, answer.Correlation);
        Assert.Contains($"message:new {answer.Receipt!.Seq}", listener.Story.Items);
    }

    // What is longer than a frame between nodes would be lost.
    [Fact]
    public async Task Batch_LongerThanAFrame_ArrivesWhole()
    {
        var town = await Town.Create(cluster.A, "long", "ada");
        var channel = await cluster.ChannelOn(cluster.B, town, "hall");
        var listener = await FakeSubscriber.Live(cluster.C.Room(channel.Stream), town["ada"]);
        var text = new string('\u0001', 16_384);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => cluster.B.Room(channel.Stream).Send(town["ada"], text)));

        await listener.Event(201);
        Assert.Equal(Enumerable.Range(2, 200).Select(i => (long)i), listener.Numbers);
    }

    [Fact]
    public async Task Removal_EndsTheSubscriptionOnEveryNode()
    {
        var town = await Town.Create(cluster.A, "removal", "ada", "bob");
        var channel = await cluster.ChannelOn(cluster.B, town, "hall");
        var bobs = await Listen(channel, town["bob"]);

        await town.Workspace.Receipt(new RemoveMember(Requester.Server, town["bob"].User));

        foreach (var bob in bobs)
            await bob.Told.First(m => m is ToSession.Removed);
        Assert.Equal(Refusal.Unauthorized, (await cluster.C.Room(channel.Stream).Do(channel.Message(town["bob"], "still here"))).Refusal);
    }

    [Fact]
    public async Task Consequences_ReachThreadsAndUsers_WhereverTheyLive()
    {
        var town = await Town.Create(cluster.A, "follow", "ada", "bob");
        var channel = await cluster.ChannelOn(cluster.B, town, "hall");
        var (thread, root) = await town.On(cluster.C).Thread(cluster.C.Room(channel.Stream), "ada");

        await thread.Mention(town["ada"], "see here", town["bob"]);

        var told = await town.On(cluster.B).Of("bob").Event<ConversationEvent.NotificationCreated>();
        Assert.Equal(NotificationKind.Mention, told.Kind);
        var counted = await cluster.A.Room(channel.Stream).Event<ConversationEvent.ThreadUpdated>();
        Assert.Equal((root, 1), (counted.Root, counted.Replies));
        await cluster.A.NothingOwed();
    }

    [Fact]
    public async Task CallSignals_ReachTheParticipantsOfOtherNodes()
    {
        var town = await Town.Create(cluster.A, "call", "ada", "bob");
        var channel = await cluster.ChannelOn(cluster.B, town, "hall");
        var id = CallId.Parse("call-across");
        await channel.Receipt(new ConversationCommand.StartCall(town["ada"], id, CallMedia.Video));
        var call = StreamId.Of(id);
        var ada = await FakeSubscriber.Live(cluster.A.Room(call), town["ada"]);
        var bob = await FakeSubscriber.Live(cluster.C.Room(call), town["bob"]);
        await cluster.C.Room(call).Receipt(new AcceptCall(town["bob"], Takeover: false));
        await cluster.A.Room(call).Until(all => all.Count(e => e.Event is ConversationEvent.CallJoined) == 2);

        foreach (var (node, from, to) in new[] { (cluster.A, "ada", bob), (cluster.C, "bob", ada) })
        {
            var answer = await node.Region.Ask<Executed>(
                self => new Signal(call, town[from], new CallSignal(id, "offer", "1"u8.ToArray(), null), 3, self, Via: null), ConversationNode.Patience, CancellationToken.None);
            Assert.Null(answer.Refusal);
            await to.Story.First(s => s == $"call:signal {town[from].User}");
        }

        await cluster.B.Room(call).Receipt(new EndCall(town["ada"]));
    }

    [Fact]
    public async Task Typing_IsSeenOnOtherNodes()
    {
        var town = await Town.Create(cluster.A, "typing", "ada", "bob");
        var channel = await cluster.ChannelOn(cluster.B, town, "hall");
        var bob = await FakeSubscriber.Live(cluster.C.Room(channel.Stream), town["bob"]);

        cluster.A.Region.Tell(new RelayTyping(channel.Stream, town["ada"], Started: true));

        await bob.Story.First(s => s == $"typing:start {town["ada"].User}");
    }

    private async Task<FakeSubscriber[]> Listen(Room channel, Requester who)
    {
        var listeners = new List<FakeSubscriber>();
        foreach (var node in cluster.All)
            listeners.Add(await FakeSubscriber.Live(node.Room(channel.Stream), who));
        return [.. listeners];
    }
}
