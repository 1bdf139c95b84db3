using System.Diagnostics;
using Akka.Cluster;
using Akka.DistributedData;
using QuikApp.Actors.Presence;
using QuikApp.Protocol.Presence;
using Xunit.Abstractions;

namespace QuikApp.Actors.Tests.Presence;

/// <summary>Nodes that go, in good order and without a word, and one that comes back under its address.</summary>
public sealed class PresenceDepartureTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Workspace = "w";

    // Longer than it takes to come back elsewhere, on a machine that has much else to do.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly List<PresenceTestNode> _nodes = [];

    public async Task InitializeAsync()
    {
        _nodes.Add(await PresenceTestNode.Start(grace: Grace));
        _nodes.Add(await PresenceTestNode.Start(_nodes[0].Cluster.SelfAddress, grace: Grace));
        _nodes.Add(await PresenceTestNode.Start(_nodes[0].Cluster.SelfAddress, grace: Grace));
    }

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
    }

    [Fact]
    public async Task Node_ThatLeavesInGoodOrder_GivesItsUsersTheGraceToComeBackElsewhere()
    {
        var (a, b, c) = (_nodes[0], _nodes[1], _nodes[2]);
        var (onA, onB) = (a.Watch(Workspace), b.Watch(Workspace));
        await Task.WhenAll(onA.Ready, onB.Ready);
        c.Open("stays", Workspace);
        await a.Sees(Workspace, "stays");
        await b.Sees(Workspace, "stays");
        c.Open("goes", Workspace);
        await a.Sees(Workspace, "stays", "goes");
        await b.Sees(Workspace, "stays", "goes");
        c.Set("stays", PresenceStatus.Away, 1, "moving");
        await Eventually.True(async () => (await b.Snapshot(Workspace)).Any(p => p.Status is PresenceStatus.Away), "the status is known");
        var key = PresenceKeys.NodeOf(c.Cluster.SelfUniqueAddress).Address;

        // As a host does: sockets first, then the actor system. The clients come back elsewhere at once.
        c.Close("stays", Workspace);
        c.Close("goes", Workspace);
        b.Open("stays", Workspace);
        await c.Leave();

        await a.Sees(Workspace, "stays");
        await b.Sees(Workspace, "stays");
        string[] told = ["join stays [web]", "join goes [web]", "update stays away \"moving\" [web]", "leave goes"];
        await onA.Tells(told);
        await onB.Tells(told);
        Assert.All(_nodes.Take(2), node => Assert.DoesNotContain(node.Cluster.State.Members, m => m.UniqueAddress == c.Cluster.SelfUniqueAddress && m.Status is MemberStatus.Down));
        foreach (var bucket in Enumerable.Range(0, PresenceKeys.Buckets))
            Assert.Empty(await PresenceClusterTests.Keys(DistributedData.Get(a.System).Replicator, PresenceKeys.Key(key, bucket)));
    }

    [Fact]
    public async Task Node_ThatCrashes_LeavesNoGhosts()
    {
        var (a, b, c) = (_nodes[0], _nodes[1], _nodes[2]);
        var (onA, onB) = (a.Watch(Workspace), b.Watch(Workspace));
        await Task.WhenAll(onA.Ready, onB.Ready);
        c.Open("ghost", Workspace);
        a.Open("both", Workspace);
        await a.Sees(Workspace, "ghost", "both");
        c.Open("both", Workspace, Device.Mobile);
        foreach (var node in new[] { a, b })
            await Eventually.True(async () => (await node.Snapshot(Workspace)).Any(p => p.User.Value == "both" && p.Devices.Contains(Device.Mobile)), "both devices");
        var before = (onA.Story.Items.Count, onB.Story.Items.Count);

        var clock = Stopwatch.StartNew();
        await c.Crash();
        await a.Sees(Workspace, "both");
        await b.Sees(Workspace, "both");
        output.WriteLine($"a crash is told after {clock.ElapsedMilliseconds} ms");

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(15), $"{clock.Elapsed}");
        foreach (var (watch, from) in new[] { (onA, before.Item1), (onB, before.Item2) })
            Assert.Equal(["leave ghost", "update both [web]"], (await watch.Story.Until(s => s.Count >= from + 2)).Skip(from).Order(StringComparer.Ordinal));

        // Nor afterwards, when the cluster has taken it out.
        await Eventually.True(() => Task.FromResult(a.Cluster.State.Members.Count == 2 && b.Cluster.State.Members.Count == 2), "the node is out");
        await a.Sees(Workspace, "both");
        await b.Sees(Workspace, "both");
        Assert.Equal(before.Item1 + 2, onA.Story.Items.Count);
    }

    [Fact]
    public async Task Node_ThatComesBackUnderItsAddress_KnowsNothingOfItsEarlierLife()
    {
        var (a, b, c) = (_nodes[0], _nodes[1], _nodes[2]);
        c.Open("before", Workspace);
        await a.Sees(Workspace, "before");
        await b.Sees(Workspace, "before");
        var (port, uid) = (c.Port, c.Cluster.SelfUniqueAddress.Uid);
        await c.Crash();
        await c.DisposeAsync();
        _nodes.Remove(c);

        var again = await PresenceTestNode.Start(a.Cluster.SelfAddress, port);
        _nodes.Add(again);
        Assert.NotEqual(uid, again.Cluster.SelfUniqueAddress.Uid);
        again.Open("after", Workspace);

        foreach (var node in _nodes)
            await node.Sees(Workspace, "after");

        // And its rubbish is taken away.
        var address = PresenceKeys.NodeOf(again.Cluster.SelfUniqueAddress).Address;
        await Eventually.True(
            async () =>
            {
                var lines = new List<string>();
                foreach (var bucket in Enumerable.Range(0, PresenceKeys.Buckets))
                    lines.AddRange(await PresenceClusterTests.Keys(DistributedData.Get(b.System).Replicator, PresenceKeys.Key(address, bucket)));
                return lines.Count == 1 && lines[0].EndsWith("/after", StringComparison.Ordinal);
            },
            "one entry is left");
    }

    [Fact]
    public async Task Node_ThatJoinsLater_HearsOfEverybody()
    {
        string[] users = [.. Enumerable.Range(0, 300).Select(i => $"u{i}")];
        foreach (var user in users)
            _nodes[0].Open(user, Workspace);
        await _nodes[1].Sees(Workspace, users);

        var clock = Stopwatch.StartNew();
        var late = await PresenceTestNode.Start(_nodes[0].Cluster.SelfAddress);
        _nodes.Add(late);
        await late.Sees(Workspace, users);
        output.WriteLine($"a node that joins knows 300 users after {clock.ElapsedMilliseconds} ms, its start included");
    }
}
