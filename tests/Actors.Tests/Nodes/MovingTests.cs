using Akka.Actor;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Tests.Conversations;
using QuikApp.Actors.Tests.Delivery;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Payloads;
using static QuikApp.Actors.Conversations.ConversationMessages;

namespace QuikApp.Actors.Tests.Nodes;

/// <summary>A conversation loses its node while people write to it: writes go on elsewhere, with no hole and nothing twice.</summary>
public sealed class MovingTests : IAsyncLifetime, IDisposable
{
    private readonly ConversationCluster _cluster = new();

    public Task InitializeAsync() => _cluster.InitializeAsync();

    public Task DisposeAsync() => _cluster.DisposeAsync();

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public Task NodeThatLeaves_HandsItsConversationsOver() => Moves(node => node.Leave());

    [Fact]
    public Task NodeThatCrashes_IsDownedAndReplaced() => Moves(node => node.Crash());

    // The newcomer takes conversations over from nodes that go on.
    [Fact]
    public Task NodeThatJoinsAfterOneLeft_ServesToo() => Moves(async node =>
    {
        await node.Leave();
        await _cluster.Join();
    });

    private async Task Moves(Func<ConversationNode, Task> end)
    {
        var town = await Town.Create(_cluster.A, "move", "ada", "bob", "carol");
        var channel = await _cluster.ChannelOn(_cluster.B, town, "hall");
        var rooms = new[] { _cluster.A.Room(channel.Stream), _cluster.C.Room(channel.Stream) };
        var listeners = await Task.WhenAll(rooms.Select(room => FakeSubscriber.Live(room, town["bob"])));
        using var enough = new CancellationTokenSource();
        var sending = rooms.Select((room, i) => SendUntil(room, town[i == 0 ? "ada" : "carol"], enough.Token)).ToArray();
        await listeners[0].Event(20);

        await end(_cluster.B);

        // Acknowledged by a conversation that lives elsewhere.
        await ConversationNode.Eventually(() => _cluster.B.System.WhenTerminated.IsCompleted);
        foreach (var room in rooms)
            await Send(room, town["ada"], $"after-{room.Node.Cluster.SelfAddress.Port}");
        await enough.CancelAsync();
        var sent = await Task.WhenAll(sending);
        var last = await Send(rooms[0], town["ada"], "last");

        Assert.NotSame(_cluster.B, await _cluster.HostOf(channel));
        foreach (var listener in listeners)
        {
            await listener.Event(last.Seq);
            Assert.Equal(Enumerable.Range(2, (int)last.Seq - 1).Select(i => (long)i), listener.Numbers);
        }

        var journaled = (await rooms[0].Events()).Select(e => e.Event).OfType<ConversationEvent.MessageCreated>().Select(m => m.ClientId!).ToList();
        Assert.Equal(journaled.Distinct(), journaled);
        Assert.Empty(sent.SelectMany(ids => ids).Except(journaled));
        Assert.Equal(sent.Sum(ids => ids.Count) + 3, journaled.Count);
    }

    private static async Task<List<string>> SendUntil(Room room, Requester who, CancellationToken enough)
    {
        var sent = new List<string>();
        while (!enough.IsCancellationRequested)
        {
            var id = $"{who.User}-{sent.Count}";
            await Send(room, who, id);
            sent.Add(id);
        }

        return sent;
    }

    // As a client does: the same again, under the same key, until it is acknowledged.
    private static async Task<Receipt> Send(Room room, Requester who, string clientId)
    {
        using var patience = new CancellationTokenSource(ConversationNode.Patience);
        var message = room.Message(who, clientId, clientId);
        while (true)
        {
            try
            {
                var answer = await room.Node.Region.Ask<Executed>(
                    self => new Execute(room.Stream, message, 1, self, Via: null), TimeSpan.FromSeconds(1), patience.Token);
                if (answer.Receipt is { } receipt)
                    return receipt;
                Assert.Equal(Refusal.Unavailable, answer.Refusal);
            }
            catch (AskTimeoutException)
            {
                // It was on its way to a node that has gone, or the conversation has not come up elsewhere yet.
            }
        }
    }
}
