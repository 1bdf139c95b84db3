using System.Diagnostics;
using Akka.Actor;
using Akka.DistributedData;
using QuikApp.Actors.Presence;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Presence;
using Xunit.Abstractions;

namespace QuikApp.Actors.Tests.Presence;

/// <summary>Presence over three nodes that stay: what one node hears, all tell. Each test has a workspace of its own.</summary>
public sealed class PresenceClusterTests(ThreeNodes cluster, ITestOutputHelper output) : IClassFixture<ThreeNodes>
{
    private static int _workspaces;
    private readonly string _workspace = $"w{Interlocked.Increment(ref _workspaces)}";

    [Fact]
    public async Task User_OnSeveralNodes_IsOneUserOnAllOfThem()
    {
        var (a, b, c) = (cluster.A, cluster.B, cluster.C);
        var watches = await WatchAll();

        var clock = Stopwatch.StartNew();
        a.Open("ada", _workspace, Device.Desktop);
        foreach (var watch in watches)
            await watch.Tells("join ada [desktop]");
        output.WriteLine($"a join is told on all nodes after {clock.ElapsedMilliseconds} ms");

        b.Open("ada", _workspace, Device.Mobile);
        foreach (var watch in watches)
            await watch.Tells("join ada [desktop]", "update ada [desktop mobile]");

        // The same device on another node is nothing new, and neither is its end on one of them.
        c.Open("ada", _workspace, Device.Mobile);
        b.Close("ada", _workspace, Device.Mobile);
        await Fence();
        a.Close("ada", _workspace, Device.Desktop);
        foreach (var watch in watches)
            await watch.Tells("join ada [desktop]", "update ada [desktop mobile]", "update ada [mobile]");

        var before = DateTimeOffset.UtcNow;
        c.Close("ada", _workspace, Device.Mobile);
        foreach (var watch in watches)
        {
            await watch.Tells("join ada [desktop]", "update ada [desktop mobile]", "update ada [mobile]", "leave ada");
            var (_, lastSeen) = Assert.Single(watch.LastSeen.Items);
            Assert.InRange(lastSeen, before.AddMilliseconds(-1), before.AddMilliseconds(500));
        }

        // All nodes tell the same time: that of the node that had the socket.
        Assert.Single(watches.SelectMany(watch => watch.LastSeen.Items).Distinct());
    }

    [Fact]
    public async Task Reconnect_ToAnotherNodeWithinTheGrace_IsNoEvent()
    {
        var watches = await WatchAll();
        cluster.A.Open("ada", _workspace);
        foreach (var watch in watches)
            await watch.Tells("join ada [web]");

        cluster.A.Close("ada", _workspace);
        cluster.B.Open("ada", _workspace);
        await Fence();
        cluster.C.Open("bob", _workspace);

        foreach (var watch in watches)
            await watch.Tells("join ada [web]", "join bob [web]");
    }

    [Fact]
    public async Task Status_SetAnywhere_WinsByVersionAndEndsEverywhere()
    {
        var (a, b, c) = (cluster.A, cluster.B, cluster.C);
        var watches = await WatchAll();
        var user = $"eve-{_workspace}";
        a.Open(user, _workspace);
        foreach (var watch in watches)
            await watch.Tells($"join {user} [web]");

        // A node without a socket of the user is told first, and one with an older version afterwards.
        c.Set(user, PresenceStatus.Away, 7, "Lunch");
        foreach (var watch in watches)
            await watch.Tells($"join {user} [web]", $"update {user} away \"Lunch\" [web]");
        b.Set(user, PresenceStatus.DoNotDisturb, 6, "older");
        b.Set(user, PresenceStatus.DoNotDisturb, 8, expiresAt: DateTimeOffset.UtcNow.AddSeconds(3));

        foreach (var watch in watches)
        {
            await watch.Tells(
                $"join {user} [web]", $"update {user} away \"Lunch\" [web]", $"update {user} dnd [web]", $"update {user} [web]");
        }
    }

    [Fact]
    public async Task Invisible_OnOneNode_IsALeaveOnAll()
    {
        var watches = await WatchAll();
        var user = $"ivy-{_workspace}";
        cluster.A.Open(user, _workspace);
        foreach (var watch in watches)
            await watch.Tells($"join {user} [web]");

        cluster.B.Set(user, PresenceStatus.Invisible, 1);
        foreach (var watch in watches)
            await watch.Tells($"join {user} [web]", $"leave {user}");
        Assert.Empty(await cluster.C.Snapshot(_workspace));
        Assert.Single(await cluster.C.Snapshot(_workspace, viewer: user));

        cluster.C.Set(user, PresenceStatus.Online, 2);
        foreach (var watch in watches)
            await watch.Tells($"join {user} [web]", $"leave {user}", $"join {user} [web]");
    }

    [Fact]
    public async Task Access_ThatEnds_TakesTheUserOutOnAllNodes()
    {
        var watches = await WatchAll();
        var user = $"out-{_workspace}";
        cluster.A.Open(user, _workspace);
        foreach (var watch in watches)
            await watch.Tells($"join {user} [web]");

        cluster.A.Access.PutOut(user);
        Publish(cluster.A, user);
        foreach (var watch in watches)
            await watch.Tells($"join {user} [web]", $"leave {user}");

        cluster.A.Access.TakeBack(user);
        Publish(cluster.A, user);
        foreach (var watch in watches)
            await watch.Tells($"join {user} [web]", $"leave {user}", $"join {user} [web]");
    }

    [Fact]
    public async Task Status_KnownToTheUsersStream_IsThereWithTheFirstSocket()
    {
        var user = $"kay-{_workspace}";
        cluster.B.Statuses.Know(user, new UserStatus(PresenceStatus.DoNotDisturb, "Focus", null, 3));
        cluster.B.Open(user, _workspace);

        await Eventually.True(
            async () => (await cluster.A.Snapshot(_workspace)) is [{ Status: PresenceStatus.DoNotDisturb, StatusText: "Focus" }], "the status is known");
    }

    [Fact]
    public async Task View_ThatFails_ForgetsNobody()
    {
        cluster.A.Open("ada", _workspace);
        cluster.B.Open("bob", _workspace);
        await cluster.A.Sees(_workspace, "ada", "bob");

        // Nothing sends this; the view fails over it and starts anew.
        cluster.A.View.Tell(new PresenceMessages.Said(null!));

        await cluster.A.Sees(_workspace, "ada", "bob");
        Assert.True((await cluster.A.Errors.First(e => e.Length > 0)).Length > 0);
    }

    [Fact]
    public async Task Node_ThatFails_GoesOnWithWhatItKnew()
    {
        cluster.C.Open("ada", _workspace);
        await cluster.A.Sees(_workspace, "ada");

        cluster.C.Node.Tell(new PresenceMessages.Opened(null!, Device.Web));
        cluster.C.Open("bob", _workspace);

        await cluster.A.Sees(_workspace, "ada", "bob");
        cluster.C.Close("ada", _workspace);
        await cluster.A.Sees(_workspace, "bob");
    }

    [Fact]
    public async Task Entry_ThatNobodyVouchesFor_IsTakenOutOfTheKeysOfItsNode()
    {
        var (user, self) = (UserId.Parse("old"), PresenceKeys.NodeOf(cluster.A.Cluster.SelfUniqueAddress));
        var key = PresenceKeys.Key(self.Address, PresenceKeys.BucketOf(user));
        var workspace = WorkspaceId.Parse(_workspace);
        var line = PresenceCodec.Name(self.Uid ^ 1, workspace, user);
        var replicator = DistributedData.Get(cluster.B.System).Replicator;
        var writer = cluster.B.Cluster.SelfUniqueAddress;
        replicator.Tell(Dsl.Update(
            key, LWWDictionary<string, string>.Empty, Dsl.WriteLocal, there => there.SetItem(writer, line, PresenceCodec.Text(new NodeEntry(Devices.Of(Device.Web), 1, 0)))));
        var written = false;

        await Eventually.True(
            async () =>
            {
                var has = await Keys(replicator, key) is { } keys && keys.Contains(line);
                written |= has;
                return written && !has;
            },
            "what an earlier life said is gone");
        Assert.Empty(await cluster.B.Snapshot(_workspace));
        Assert.Empty(await cluster.C.Snapshot(_workspace));
    }

    internal static async Task<IReadOnlyCollection<string>> Keys(IActorRef replicator, LWWDictionaryKey<string, string> key) =>
        await replicator.Ask<IGetResponse>(Dsl.Get(key, Dsl.ReadLocal), TimeSpan.FromSeconds(5)) is GetSuccess found
            ? [.. found.Get(key).Keys]
            : [];

    private void Publish(PresenceTestNode node, string user) =>
        node.System.EventStream.Publish(new PresenceMessages.AccessChanged(UserId.Parse(user), WorkspaceId.Parse(_workspace)));

    private async Task<IReadOnlyList<WorkspaceWatch>> WatchAll()
    {
        WorkspaceWatch[] watches = [cluster.A.Watch(_workspace), cluster.B.Watch(_workspace), cluster.C.Watch(_workspace)];
        foreach (var watch in watches)
            await watch.Ready;
        return watches;
    }

    // A user who goes now is missed on all nodes when whatever was to happen within the grace has happened.
    private async Task Fence()
    {
        var elsewhere = $"{_workspace}-fence";
        string[] users = [.. cluster.All.Select(node => $"fence-{node.Port}")];
        foreach (var (i, node) in cluster.All.Index())
            node.Open(users[i], elsewhere);
        foreach (var node in cluster.All)
            await node.Sees(elsewhere, users);
        foreach (var (i, node) in cluster.All.Index())
            node.Close(users[i], elsewhere);
        foreach (var node in cluster.All)
            await node.Sees(elsewhere);
    }
}
