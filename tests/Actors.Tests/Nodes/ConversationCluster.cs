using Akka.Actor;
using Akka.Cluster.Sharding;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Storage.Journal;
using QuikApp.Actors.Storage.Sqlite;
using QuikApp.Actors.Tests.Conversations;
using QuikApp.Actors.Tests.Storage;

namespace QuikApp.Actors.Tests.Nodes;

/// <summary>Three nodes of one cluster over real sockets, on one storage, so that a conversation can move between them.</summary>
public sealed class ConversationCluster : IAsyncLifetime, IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly List<ConversationNode> _all = [];
    private NodeStorage _storage = null!;

    /// <summary>What the nodes fence lost ones with; null for nothing, as on SQLite.</summary>
    internal IWriterFence? Fence { get; init; }

    /// <summary>Settings of Akka that go before ours.</summary>
    internal string Hocon { get; init; } = "";

    internal ConversationNode A => _all[0];

    internal ConversationNode B => _all[1];

    internal ConversationNode C => _all[2];

    internal IReadOnlyList<ConversationNode> All => _all;

    public async Task InitializeAsync()
    {
        _storage = new NodeStorage(new SqliteOptions { DataDirectory = _directory.Path }) { Fence = Fence };
        while (_all.Count < 3)
            await Join();
    }

    public async Task DisposeAsync()
    {
        var errors = _all.SelectMany(node => node.Errors.Items).Where(error => error.Contains("erializ", StringComparison.Ordinal) || error.Contains("oversized", StringComparison.Ordinal)).ToList();
        foreach (var node in _all)
            await node.DisposeAsync();
        _storage.Dispose();
        Assert.Empty(errors);
    }

    public void Dispose() => _directory.Dispose();

    /// <summary>Starts one more node.</summary>
    internal async Task<ConversationNode> Join()
    {
        var node = await ConversationNode.Start(_storage, _all.FirstOrDefault(n => !n.System.WhenTerminated.IsCompleted), Configure, Hocon);
        _all.Add(node);
        return node;
    }

    /// <summary>A channel id whose conversation lives on a node, made and filled with the first event; the town's workspace may live anywhere.</summary>
    internal async Task<Room> ChannelOn(ConversationNode node, Town town, string name)
    {
        for (var i = 0; i < 200; i++)
        {
            var room = await town.Open($"{name}{i}");
            if (await HostOf(room) == node)
                return room;
        }

        throw new InvalidOperationException("no channel came to live there");
    }

    /// <summary>The node on which a conversation lives.</summary>
    internal async Task<ConversationNode> HostOf(Room room)
    {
        foreach (var node in _all.Where(n => !n.System.WhenTerminated.IsCompleted))
        {
            var state = await node.Region.Ask<CurrentShardRegionState>(GetShardRegionState.Instance, ConversationNode.Patience);
            if (state.Shards.Any(shard => shard.EntityIds.Contains(room.Stream.Value)))
                return node;
        }

        throw new InvalidOperationException($"{room.Stream} is nowhere");
    }

    private static void Configure(ConversationOptions o)
    {
        // No test here is to be saved by the next periodic renewal.
        o.LeaseRenewal = TimeSpan.FromMinutes(10);
        o.RelaySweep = TimeSpan.FromSeconds(1);
    }
}
