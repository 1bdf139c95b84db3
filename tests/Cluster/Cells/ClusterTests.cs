using System.Diagnostics;
using QuikApp.Cluster.Checking;
using QuikApp.Cluster.History;
using QuikApp.Cluster.Topology;
using QuikApp.Cluster.Workload;
using Xunit.Abstractions;

namespace QuikApp.Cluster.Cells;

/// <summary>Three nodes on PostgreSQL, of which one or its network fails.</summary>
[Trait("Storage", "PostgreSQL")]
public sealed class ClusterTests(ITestOutputHelper output) : Cell(output)
{
    private const int MoreAcks = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>By then a node that is alone has seen it: 5 s of missed heartbeats, and what a busy machine takes. It is put out 5 s later.</summary>
    private static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(7);

    [SkippableFact]
    public Task F01_KillOfTheNodeWithTheHotRoom_LosesNothing() =>
        KillAsync("F01", "SIGKILL of the node that has the hot room", seed: 1, BusiestAsync);

    [SkippableFact]
    public Task F03_KillOfTheOldestNode_LosesNothing() =>
        KillAsync("F03", "SIGKILL of the oldest node, which has the coordinator", seed: 3, deployment => Task.FromResult(deployment.Nodes[0]));

    [SkippableFact]
    public async Task F09_FreezeOfFiveSeconds_TakesNobodyOut()
    {
        var plan = new WorkloadPlan { Seed = 9 };
        await using var deployment = await PostgresDeployment.StartAsync(plan.Channels);
        await using var run = await CellRun.StartAsync("F09", "SIGSTOP of a node for 5 s", deployment, plan);
        var node = deployment.Nodes[1];

        run.Begin();
        await node.FreezeAsync();
        await Task.Delay(TimeSpan.FromSeconds(5));
        node.Thaw();
        await run.AcknowledgedAsync(MoreAcks, Patience);
        run.Heal();

        await deployment.WholeAsync(deployment.Nodes[0]);
        Assert.True(node.IsRunning);
        Judge(await run.FinishAsync(Thresholds.OfCells));
    }

    [SkippableFact]
    public async Task F10_FreezeOfSixtySeconds_TheZombieAcknowledgesNothing()
    {
        var plan = new WorkloadPlan { Seed = 10 };
        await using var deployment = await PostgresDeployment.StartAsync(plan.Channels);
        await using var run = await CellRun.StartAsync("F10", "SIGSTOP of a node for 60 s, then SIGCONT", deployment, plan);
        var node = deployment.Nodes[1];

        run.Begin();
        await node.FreezeAsync();
        // What it had sent before is still on its way to the clients.
        var silentFrom = MonotonicClock.Now + MonotonicClock.Nanos(TimeSpan.FromSeconds(1));
        await Task.Delay(TimeSpan.FromSeconds(60));
        await run.AcknowledgedAsync(MoreAcks, Patience);
        node.Thaw();
        await Until.TrueAsync(() => Task.FromResult(!node.IsRunning), Patience, () => "the zombie ends itself");
        run.MustBeSilent.Add(new SilentNode(node.Name, silentFrom, MonotonicClock.Now));
        await node.StartAsync();
        await deployment.WholeAsync(node);
        run.Heal();

        Assert.Equal(1, await deployment.FencedAsync());
        Judge(await run.FinishAsync(Thresholds.OfCells));
    }

    [SkippableFact]
    public async Task F12_PartitionOfOneFromTwo_OnlyTheMajorityServes()
    {
        var plan = new WorkloadPlan { Seed = 12 };
        await using var deployment = await PostgresDeployment.StartAsync(plan.Channels);
        await using var run = await CellRun.StartAsync("F12", "one node cut from the two others for 60 s, not from the database", deployment, plan);
        var alone = deployment.Nodes[2];
        // A busy machine's past. How soon the silence that follows is noticed is not to hang on it; the outage that is reported shows it.
        await PauseAsync(alone);
        await PauseAsync(alone);

        run.Begin();
        var start = MonotonicClock.Now;
        foreach (var other in deployment.Nodes.Take(2))
            await deployment.Network.CutAsync(alone.Name, other.Name);
        await Task.Delay(TimeSpan.FromSeconds(60));
        await run.AcknowledgedAsync(MoreAcks, Patience);
        run.MustAnswer.Add(new AnsweringNode(alone.Name, start, MonotonicClock.Now, WorkloadPlan.LongestAnswer));
        run.MustBeSilent.Add(new SilentNode(alone.Name, start + MonotonicClock.Nanos(SilentAfter), MonotonicClock.Now));
        await deployment.Network.HealAsync();
        // Its supervisor starts it again; here that is us.
        if (!alone.IsRunning)
            await alone.StartAsync();
        await deployment.WholeAsync(alone);
        run.Heal();

        Assert.Equal(1, await deployment.FencedAsync());
        Judge(await run.FinishAsync(Thresholds.OfCells));
    }

    [SkippableFact]
    public async Task F12_ShortPartition_IsRefusedAndHealsByItself()
    {
        var plan = new WorkloadPlan { Seed = 112 };
        await using var deployment = await PostgresDeployment.StartAsync(plan.Channels);
        await using var run = await CellRun.StartAsync("F12s", "one node cut from the two others until it refuses", deployment, plan);
        var alone = deployment.Nodes[2];

        run.Begin();
        foreach (var other in deployment.Nodes.Take(2))
            await deployment.Network.CutAsync(alone.Name, other.Name);
        await run.UnreadyAsync(alone, Patience);
        await deployment.Network.HealAsync();
        await run.AllAcknowledgedAsync(Patience);
        await run.AcknowledgedAsync(MoreAcks, Patience);
        run.Heal();

        await deployment.WholeAsync(alone);
        Assert.Equal(0, await deployment.FencedAsync());
        Judge(await run.FinishAsync(Thresholds.OfCells));
    }

    [SkippableFact]
    public async Task F15_NodeWithoutItsDatabase_OthersServe()
    {
        var plan = new WorkloadPlan { Seed = 15 };
        await using var deployment = await PostgresDeployment.StartAsync(plan.Channels);
        await using var run = await CellRun.StartAsync("F15", "one node cut from the database for 30 s", deployment, plan);

        run.Begin();
        await deployment.Network.CutPortAsync(deployment.Nodes[1].Name, PostgresMachine.Name, PostgresMachine.Port);
        await Task.Delay(TimeSpan.FromSeconds(30));
        await deployment.Network.HealAsync();
        await run.AcknowledgedAsync(MoreAcks, Patience);
        run.Heal();

        Judge(await run.FinishAsync(Thresholds.OfCells));
    }

    [SkippableFact]
    public async Task F23_DatabaseThatCrashes_IsWrittenToAgain()
    {
        var plan = new WorkloadPlan { Seed = 23 };
        await using var deployment = await PostgresDeployment.StartAsync(plan.Channels);
        await using var run = await CellRun.StartAsync("F23", "pg_ctl stop -m immediate, restart", deployment, plan);

        run.Begin();
        await deployment.Database.StopImmediatelyAsync();
        await deployment.Database.StartAsync();
        var accepts = Stopwatch.GetTimestamp();
        await run.AcknowledgedAsync(1, Patience);
        run.Figures["written again after s"] = Stopwatch.GetElapsedTime(accepts).TotalSeconds;
        await run.AcknowledgedAsync(MoreAcks, Patience);
        run.Heal();

        Judge(await run.FinishAsync(Thresholds.OfCells));
    }

    private async Task KillAsync(string cell, string fault, int seed, Func<PostgresDeployment, Task<ServerNode>> choose)
    {
        var plan = new WorkloadPlan { Seed = seed };
        await using var deployment = await PostgresDeployment.StartAsync(plan.Channels);
        await using var run = await CellRun.StartAsync(cell, fault, deployment, plan);
        Assert.NotNull(await run.Load.RingAsync(deployment, run.Load.Clients[0]));
        var node = await choose(deployment);

        run.Begin();
        await node.KillAsync();
        // The others must go on without it.
        await run.AllAcknowledgedAsync(Patience);
        await node.StartAsync();
        await deployment.WholeAsync(node);
        run.Heal();

        Judge(await run.FinishAsync(Thresholds.OfCells));
    }

    // Shorter than the silence that counts.
    private static async Task PauseAsync(ServerNode node)
    {
        await node.FreezeAsync();
        await Task.Delay(TimeSpan.FromSeconds(3));
        node.Thaw();
        await Task.Delay(TimeSpan.FromSeconds(2));
    }

    // Most of the load is one room's, so the node that commits most has it.
    private static async Task<ServerNode> BusiestAsync(PostgresDeployment deployment)
    {
        var sends = new Dictionary<ServerNode, long>();
        foreach (var node in deployment.Nodes)
            sends[node] = await NodeMetrics.SendsAsync(node);
        return sends.MaxBy(of => of.Value).Key;
    }
}
