using System.Diagnostics;
using QuikApp.Cluster.Checking;
using QuikApp.Cluster.History;
using QuikApp.Cluster.Topology;
using QuikApp.Cluster.Workload;
using Xunit.Abstractions;

namespace QuikApp.Cluster.Cells;

/// <summary>Three nodes on PostgreSQL, of which more than one goes: by force, one after the other in order, or for another build.</summary>
[Trait("Storage", "PostgreSQL")]
public sealed class RestartTests(ITestOutputHelper output) : Cell(output)
{
    private const int MoreAcks = 200;
    private const int PutOut = 75;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>From when a node sees nobody until it is put out: a picture that is stable, a look at it, and what a busy machine takes.</summary>
    private static readonly TimeSpan PutOutWithin = TimeSpan.FromSeconds(8);

    [SkippableFact]
    public async Task F04_KillOfTwoOfThree_TheLastAnswersThatItCannotAndEnds()
    {
        var plan = new WorkloadPlan { Seed = 4 };
        await using var deployment = await PostgresDeployment.StartAsync(plan.Channels);
        await using var run = await CellRun.StartAsync("F04", "SIGKILL of two of three nodes, then all are started", deployment, plan);
        var last = deployment.Nodes[2];

        run.Begin();
        var killed = MonotonicClock.Now;
        await Task.WhenAll(deployment.Nodes.Take(2).Select(node => node.KillAsync()));
        var unready = await run.UnreadyAsync(last, Patience);
        Assert.Equal(PutOut, await last.EndedAsync().WaitAsync(Patience));
        run.MustAnswer.Add(new AnsweringNode(last.Name, killed, MonotonicClock.Now, WorkloadPlan.LongestAnswer));
        run.MustBeSilent.Add(new SilentNode(last.Name, unready + MonotonicClock.Nanos(PutOutWithin), MonotonicClock.Now));
        run.Figures["last one gone after s"] = MonotonicClock.Seconds(MonotonicClock.Now - killed);

        // One of the two is enough to go on.
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(deployment.Nodes[0].LaunchAsync(), last.LaunchAsync());
        await run.AcknowledgedAsync(1, Patience);
        run.Figures["acknowledged again after s"] = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await run.AllAcknowledgedAsync(Patience);
        await deployment.Nodes[1].StartAsync();
        await deployment.WholeAsync(last);
        run.Heal();

        Judge(await run.FinishAsync(Thresholds.OfCells));
    }

    [SkippableFact]
    public async Task F05_KillOfAllThree_LosesNothing()
    {
        var plan = new WorkloadPlan { Seed = 5 };
        await using var deployment = await PostgresDeployment.StartAsync(plan.Channels);
        await using var run = await CellRun.StartAsync("F05", "SIGKILL of all three nodes, then all are started", deployment, plan);

        run.Begin();
        await Task.WhenAll(deployment.Nodes.Select(node => node.KillAsync()));
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(deployment.Nodes.Select(node => node.LaunchAsync()));
        await run.AcknowledgedAsync(1, Patience);
        run.Figures["acknowledged again after s"] = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await run.AllAcknowledgedAsync(Patience);
        run.Figures["everybody acknowledged after s"] = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await deployment.WholeAsync(deployment.Nodes[0]);
        run.Heal();

        Judge(await run.FinishAsync(Thresholds.OfCells));
    }

    [SkippableFact]
    public async Task F07_RollingRestart_FailsNoSendAfterItsRepetition()
    {
        var plan = new WorkloadPlan { Seed = 7 };
        await using var deployment = await PostgresDeployment.StartAsync(plan.Channels);
        await using var run = await CellRun.StartAsync("F07", "SIGTERM and restart of three nodes, one after the other", deployment, plan);
        run.MustFinish = true;

        run.Begin();
        await RollAsync(deployment, run, ServerNode.Current);
        run.Heal();

        Judge(await run.FinishAsync(Thresholds.OfCells));
    }

    [SkippableFact]
    [Trait("Tier", "C")]
    public async Task F45_UpgradeAndBack_UnderLoad()
    {
        Tool.RequireRootAnd(NetworkNamespaces.Tools);
        using var previous = await PreviousBuild.MakeAsync();
        var plan = new WorkloadPlan { Seed = 45, Clients = 16 };
        await using var deployment = await PostgresDeployment.StartAsync(plan.Channels, program: previous.Program);
        await using var run = await CellRun.StartAsync("F45", "rolling upgrade from the previous build, and back to it", deployment, plan);
        run.MustFinish = true;
        var older = await deployment.VersionAsync(deployment.Nodes[0]);

        run.Begin();
        await deployment.MigrateAsync(ServerNode.Current);
        await RollAsync(deployment, run, ServerNode.Current);
        Assert.NotEqual(older, await deployment.VersionAsync(deployment.Nodes[0]));
        await RollAsync(deployment, run, previous.Program);
        Assert.Equal(older, await deployment.VersionAsync(deployment.Nodes[0]));
        run.Heal();

        Judge(await run.FinishAsync(Thresholds.OfCells with { AckedPerSecond = 20 }));
    }

    private static async Task RollAsync(PostgresDeployment deployment, CellRun run, string program)
    {
        foreach (var node in deployment.Nodes)
        {
            Assert.Equal(0, await node.TerminateAsync());
            node.Program = program;
            await node.StartAsync();
            await deployment.WholeAsync(node);
            await run.AcknowledgedAsync(MoreAcks, Patience);
        }
    }
}
