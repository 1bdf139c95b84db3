using System.Diagnostics;
using System.Globalization;
using QuikApp.Cluster.Checking;
using QuikApp.Cluster.Storm;
using QuikApp.Cluster.Topology;
using QuikApp.Cluster.Workload;
using Xunit.Abstractions;

namespace QuikApp.Cluster.Cells;

/// <summary>All that one node held comes to the others at once.</summary>
[Trait("Storage", "PostgreSQL")]
[Trait("Tier", "C")]
public sealed class StormTests(ITestOutputHelper output) : Cell(output)
{
    private const int DefaultSockets = 5000;

    /// <summary>The journal's pool of a node as <c>Storage:PoolSize</c> has it, and that of the keys.</summary>
    private const int ConnectionsOfANode = 20 + 3;

    private static readonly TimeSpan BackLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>What a node says when a connection was wanted and there was none: Npgsql, PostgreSQL, and our own queues.</summary>
    private static readonly string[] Exhaustion = ["pool has been exhausted", "too many clients", "remaining connection slots", "QueueFull", "StorageBusy"];

    [SkippableFact]
    public async Task F39_AllSocketsOfAKilledNode_AreBackWithin30Seconds()
    {
        var sockets = int.TryParse(Environment.GetEnvironmentVariable("QUIKAPP_STORM_SOCKETS"), CultureInfo.InvariantCulture, out var wished) ? wished : DefaultSockets;
        var plan = new WorkloadPlan { Seed = 39, Clients = 12, Rooms = 6, Pause = TimeSpan.FromMilliseconds(400) };
        var channels = Crowd.Channels(sockets);
        await using var deployment = await PostgresDeployment.StartAsync([.. plan.Channels, .. channels]);
        await using var run = await CellRun.StartAsync("F39", $"SIGKILL of the node that has {sockets} sockets", deployment, plan);
        var node = deployment.Nodes[1];
        await using (var crowd = await Crowd.OpenAsync(deployment, node, sockets))
        {
            await using var writers = await CrowdWriters.StartAsync(deployment, [.. deployment.Nodes.Where(other => other != node)], channels);
            Assert.All(crowd.Members, member => Assert.Same(node, member.Node));
            await using var connections = new ConnectionWatch(deployment.Database);

            run.Begin();
            var killed = Stopwatch.GetTimestamp();
            await node.KillAsync();
            await Until.TryAsync(() => Task.FromResult(crowd.LiveAfter(killed).Count == sockets), Patience);
            var back = crowd.LiveAfter(killed);
            Say(InWords(deployment, crowd, writers, back.Count));
            await run.AllAcknowledgedAsync(Patience);
            run.Heal();
            await writers.StopAsync(Patience);
            Report(run, crowd, writers, connections, back);

            Assert.True(back.Count == sockets && back[^1] <= BackLimit, $"{back.Count} of {sockets} came back, the last one after {back[^1].TotalSeconds:F1} s");
            await HasEverythingAsync(deployment, crowd, writers);
            Assert.True(connections.Samples > 0 && connections.Most <= deployment.Nodes.Count * ConnectionsOfANode, $"{connections.Most} connections to the database");
        }

        Assert.All(deployment.Nodes, one => Assert.All(Exhaustion, word => Assert.DoesNotContain(word, one.Log, StringComparison.Ordinal)));
        // The load is the crowd; what the checker's own clients do besides is little, and enough for its invariants.
        Judge(await run.FinishAsync(Thresholds.OfCells with { AckedPerSecond = 5, OperationsInFault = 20, Effects = sockets }));
    }

    /// <summary>Each has each number of its channel: the numbers that came were without a hole, so the last one says it.</summary>
    private static async Task HasEverythingAsync(PostgresDeployment deployment, Crowd crowd, CrowdWriters writers)
    {
        using var reader = (await PhoenixSocket.ConnectAsync(deployment.Nodes[0].Url, deployment.Tokens.For("reader"), _ => { })).Listen();
        foreach (var members in crowd.Members.GroupBy(member => member.Topic))
        {
            var head = (await reader.PushAsync(members.Key, "phx_join", new { }, Patience)).Number("head");
            var acked = writers.Acked[members.Key];
            Assert.NotEmpty(acked);
            Assert.Equal(acked.Count, acked.Distinct().Count());
            Assert.True(acked.Max() <= head, $"{members.Key}: {acked.Max()} was acknowledged, {head} is the last one");
            await Until.TrueAsync(
                () => Task.FromResult(members.All(member => member.Last == head)), Patience, () => $"all of {members.Key} have {head}");
        }

        Assert.Empty(crowd.Violations);
        Assert.All(crowd.Members, member => Assert.True(member.Resumes > 0));
        // Where nobody missed anything, nothing was proven.
        Assert.True(crowd.Members.Sum(member => member.Replayed) > 0);
        Assert.All(writers.Refusals.Keys, reason => Assert.Contains(reason, new[] { "unavailable", "no answer" }));
    }

    private void Report(CellRun run, Crowd crowd, CrowdWriters writers, ConnectionWatch connections, IReadOnlyList<TimeSpan> back)
    {
        run.Figures["sockets"] = crowd.Members.Count;
        run.Figures["back p50 s"] = At(back, 0.5);
        run.Figures["back p99 s"] = At(back, 0.99);
        run.Figures["back longest s"] = At(back, 1);
        run.Figures["events replayed"] = crowd.Members.Sum(member => member.Replayed);
        run.Figures["failed connections"] = crowd.Members.Sum(member => member.FailedConnections);
        run.Figures["failed joins"] = crowd.Members.Sum(member => member.FailedJoins);
        run.Figures["sends to the crowd"] = writers.Count;
        run.Figures["database connections"] = connections.Most;
        run.MoreEffects = crowd.Members.Sum(member => member.Resumes);
        Say(string.Join(", ", run.Figures.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Key} {f.Value:0.##}"))));
        Say($"first violations: {string.Join("; ", crowd.Violations.Take(5))}");
    }

    /// <summary>What is known before anything is judged: where the cell fails, this is the evidence.</summary>
    private static string InWords(PostgresDeployment deployment, Crowd crowd, CrowdWriters writers, int back) => string.Create(
        CultureInfo.InvariantCulture,
        $"{back} of {crowd.Members.Count} are back; nodes: {string.Join(", ", deployment.Nodes.Where(node => node.IsRunning).Select(node => $"{node.Name} {crowd.Members.Count(m => m.Node == node && m.IsLive)}"))}; "
        + $"failed connections {crowd.Members.Sum(m => m.FailedConnections)}, joins {crowd.Members.Sum(m => m.FailedJoins)}; {writers.Count} sends acknowledged, not at once: {string.Join(", ", writers.Refusals.Select(r => $"{r.Key} {r.Value}"))}");

    private static double At(IReadOnlyList<TimeSpan> sorted, double share) => sorted.Count == 0 ? double.NaN : sorted[(int)((sorted.Count - 1) * share)].TotalSeconds;
}
