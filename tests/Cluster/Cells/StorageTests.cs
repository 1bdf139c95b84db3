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
    private const int LeastRefused = 50;
    private const int MustChangeConfiguration = 78;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RecoveryLimit = TimeSpan.FromSeconds(10);

    [SkippableFact]
    public async Task F27_FullDisk_RefusesReadsAndRecovers()
    {
        Tool.RequireRootAnd(LoopVolume.Tools);
        var plan = new WorkloadPlan { Seed = 27, Padding = 500 };
        LoopVolume? volume = null;
        await using var deployment = await SqliteDeployment.StartAsync(
            plan.Channels, makeVolume: async folder => volume = await LoopVolume.CreateAsync(folder, Megabytes));
        await using var run = await CellRun.StartAsync("F27", "disk full (32 MB), then free again", deployment, plan);

        run.Begin();
        // What SQLite has allocated already is used up by the load itself.
        await volume!.FillAsync();
        await Until.TrueAsync(
            () => Task.FromResult(run.Load.Unavailable >= LeastRefused || !deployment.Server.IsRunning),
            Patience,
            () => $"{run.Load.Unavailable} of {LeastRefused} sends are refused as unavailable");
        Assert.True(deployment.Server.IsRunning, deployment.Server.Log);
        var page = await Readback.OfAsync(deployment, deployment.Server, [$"channel:{WorkloadPlan.Hot}"], run.Load.Members);
        Assert.NotEmpty(page);

        volume.Free();
        var freed = Stopwatch.GetTimestamp();
        await run.AcknowledgedAsync(1, RecoveryLimit);
        run.Figures["written again after s"] = Stopwatch.GetElapsedTime(freed).TotalSeconds;
        await run.AcknowledgedAsync(100, Patience);
        run.Heal();

        Assert.True(deployment.Server.IsRunning, deployment.Server.Log);
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
}
