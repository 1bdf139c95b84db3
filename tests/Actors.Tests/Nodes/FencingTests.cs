using System.Collections.Concurrent;
using Akka.Actor;
using QuikApp.Actors.Storage.Journal;
using QuikApp.Actors.Tests.Conversations;
using static QuikApp.Actors.Conversations.ConversationMessages;

namespace QuikApp.Actors.Tests.Nodes;

/// <summary>Nobody loads what a lost node had before that node can write no more.</summary>
public sealed class FencingTests : IAsyncLifetime, IDisposable
{
    private readonly HeldFence _fence = new();
    private readonly ConversationCluster _cluster;

    public FencingTests() => _cluster = new ConversationCluster { Fence = _fence };

    public Task InitializeAsync() => _cluster.InitializeAsync();

    public Task DisposeAsync()
    {
        _fence.Release();
        return _cluster.DisposeAsync();
    }

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public async Task Conversation_OfANodeThatCrashed_IsServedOnceTheNodeIsFenced()
    {
        var town = await Town.Create(_cluster.A, "fence", "ada");
        var lost = await _cluster.ChannelOn(_cluster.B, town, "lost");
        var writer = _cluster.A.Query<string>("SELECT writer_uuid FROM journal WHERE persistence_id = @id", ("@id", lost.Stream.Value));
        var node = _cluster.B.Cluster.SelfUniqueAddress;

        await _cluster.B.Crash();
        // Two others, and each makes sure for itself.
        await ConversationNode.Eventually(() => _fence.Asked.Count == 2);
        var room = _cluster.A.Room(lost.Stream);
        Task<Executed> Send(TimeSpan patience) =>
            room.Node.Region.Ask<Executed>(self => new Execute(room.Stream, room.Message(town["ada"], "anybody?", "key"), 1, self, Via: null), patience, CancellationToken.None);

        Assert.Equal(WriterId.Of(node), writer);
        Assert.Equal([writer, writer], _fence.Asked);
        await ConversationNode.Eventually(() => _cluster.A.Cluster.State.Members.Count == 2 && _cluster.C.Cluster.State.Members.Count == 2);
        // Long enough for it to come up elsewhere if it could.
        await Assert.ThrowsAsync<AskTimeoutException>(() => Send(TimeSpan.FromSeconds(3)));
        _fence.Release();
        Assert.NotNull((await Send(ConversationNode.Patience)).Receipt);

        // Who leaves in good order fences nobody, and nobody fences it.
        await _cluster.C.Leave();
        await ConversationNode.Eventually(() => _cluster.A.Cluster.State.Members.Count == 1);
        Assert.NotNull((await Send(ConversationNode.Patience)).Receipt);
        Assert.Equal(2, _fence.Asked.Count);
    }

    private sealed class HeldFence : IWriterFence
    {
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<string> Asked { get; } = new();

        public Task Fence(string writerId, CancellationToken cancel)
        {
            Asked.Enqueue(writerId);
            return _released.Task.WaitAsync(cancel);
        }

        public void Release() => _released.TrySetResult();
    }
}
