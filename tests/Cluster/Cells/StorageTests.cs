using System.Diagnostics;
using QuikApp.Cluster.Checking;
using QuikApp.Cluster.Topology;
using QuikApp.Cluster.Workload;
using Xunit.Abstractions;

namespace QuikApp.Cluster.Cells;

/// <summary>Storage that is full, or that somebody else wants.</summary>
public sealed class StorageTests(ITestOutputHelper output) : Cell(output)
{
    private const int Megabytes = 32;

    /// <summary>An empty PostgreSQL has 50, and makes files of its log of 16 each as it goes.</summary>
    private const int PostgresMegabytes = 160;

    private const int LeastRefused = 50;
    private const int MustChangeConfiguration = 78;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RecoveryLimit = TimeSpan.FromSeconds(10);

    [SkippableTheory]
    [InlineData("sqlite", Megabytes)]
    [InlineData("postgresql", PostgresMegabytes)]
    public async Task F27_FullDisk_RefusesReadsAndRecovers(string storage, int megabytes)
    {
        Tool.RequireRootAnd(LoopVolume.Tools);
        var plan = new WorkloadPlan { Seed = 27, Padding = 500 };
        await using var deployment = await Deployments.StartAsync(storage, plan.Channels, megabytes: megabytes);
        await using var run = await CellRun.StartAsync("F27", $"disk full ({megabytes} MB), then free again", deployment, plan);

        run.Begin();
        // A whole file of its log is ahead: its tables have no space, and not the log.
        if (deployment is PostgresDeployment { Database: var database })
            await database.StartLogFileAsync();
        // What the database has allocated already is used up by the load itself.
        await deployment.Volume!.FillAsync();
        await Until.TrueAsync(
            () => Task.FromResult(run.Load.Unavailable >= LeastRefused || !AllRun(deployment)),
            Patience,
            () => $"{run.Load.Unavailable} of {LeastRefused} sends are refused as unavailable");
        AssertAllRun(deployment);
        var page = await Readback.OfAsync(deployment, deployment.Nodes[0], [$"channel:{WorkloadPlan.Hot}"], run.Load.Members);
        Assert.NotEmpty(page);

        deployment.Volume.Free();
        var freed = Stopwatch.GetTimestamp();
        await run.AcknowledgedAsync(1, RecoveryLimit);
        run.Figures["written again after s"] = Stopwatch.GetElapsedTime(freed).TotalSeconds;
        await run.AllAcknowledgedAsync(Patience);
        run.Heal();

        AssertAllRun(deployment);
        Judge(await run.FinishAsync(Thresholds.OfCells with { Effects = LeastRefused }));
    }

    // A database that cannot write its log ends: whoever runs it gives it space and starts it.
    [SkippableFact]
    public async Task F27_FullDiskOfTheDatabasesLog_EndsTheDatabaseAndNobodyElse()
    {
        Tool.RequireRootAnd(LoopVolume.Tools);
        var plan = new WorkloadPlan { Seed = 127, Padding = 500 };
        await using var deployment = await PostgresDeployment.StartAsync(plan.Channels, megabytes: PostgresMegabytes);
        await using var run = await CellRun.StartAsync("F27w", "no space for PostgreSQL's log, which ends it; then space and a start", deployment, plan);

        run.Begin();
        await deployment.Volume!.FillAsync();
        await Until.TrueAsync(
            async () =>
            {
                await deployment.Database.TryUseLogAsync();
                return !deployment.Database.IsRunning;
            },
            Patience,
            () => "PostgreSQL ends");
        await Until.TrueAsync(() => Task.FromResult(run.Load.Unavailable >= LeastRefused), Patience, () => $"{run.Load.Unavailable} of {LeastRefused} sends are refused as unavailable");
        AssertAllRun(deployment);

        deployment.Volume.Free();
        await deployment.Database.StartAsync();
        var accepts = Stopwatch.GetTimestamp();
        await run.AcknowledgedAsync(1, RecoveryLimit);
        run.Figures["written again after s"] = Stopwatch.GetElapsedTime(accepts).TotalSeconds;
        await run.AllAcknowledgedAsync(Patience);
        run.Heal();

        AssertAllRun(deployment);
        Judge(await run.FinishAsync(Thresholds.OfCells with { Effects = LeastRefused }));
    }

    [SkippableFact]
    public async Task F51_SecondProcessOnTheSameFile_EndsAndSaysWhy()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "the harness reads /proc");
        var plan = new WorkloadPlan { Seed = 51 };
        await using var deployment = await SqliteDeployment.StartAsync(plan.Channels);
        await using var run = await CellRun.StartAsync("F51", "a second process on the same SQLite file", deployment, plan, deployment.Server);
        var first = deployment.Server.Plan;
        await using var second = new ServerNode(first with
        {
            Name = "n2",
            Url = new Uri($"http://127.0.0.1:{FreePort.Next()}"),
            LogFile = Path.Combine(deployment.Folder, "n2.log"),
        });

        run.Begin();
        await second.LaunchAsync();
        var exitCode = await second.EndedAsync();
        run.MoreEffects = 1;
        run.Heal();

        Assert.Equal(MustChangeConfiguration, exitCode);
        Assert.Contains("another process uses", second.Log, StringComparison.Ordinal);
        Judge(await run.FinishAsync(Thresholds.OfCells));
    }

    private static bool AllRun(IDeployment deployment) => deployment.Nodes.All(node => node.IsRunning);

    private static void AssertAllRun(IDeployment deployment) =>
        Assert.All(deployment.Nodes, node => Assert.True(node.IsRunning, node.Log));
}
