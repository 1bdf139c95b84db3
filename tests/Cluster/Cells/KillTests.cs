using System.Diagnostics;
using QuikApp.Cluster.Checking;
using QuikApp.Cluster.Topology;
using QuikApp.Cluster.Workload;
using Xunit.Abstractions;

namespace QuikApp.Cluster.Cells;

/// <summary>Processes that end without a word.</summary>
public sealed class KillTests(ITestOutputHelper output) : Cell(output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [SkippableFact]
    public async Task F02_KillOfTheSingleNode_LosesNothingAndEndsItsCalls()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "the harness reads /proc");
        var plan = new WorkloadPlan { Seed = 2 };
        await using var deployment = await SqliteDeployment.StartAsync(plan.Channels);
        await using var run = await CellRun.StartAsync("F02", "SIGKILL of the single node under load, restart", deployment, plan);
        Assert.NotNull(await run.Load.RingAsync(deployment, run.Load.Clients[0]));

        run.Begin();
        await deployment.Server.KillAsync();
        var killed = Stopwatch.GetTimestamp();
        await deployment.Server.StartAsync();
        run.Figures["ready again after s"] = Stopwatch.GetElapsedTime(killed).TotalSeconds;
        await run.AcknowledgedAsync(100, Patience);
        run.Heal();

        Judge(await run.FinishAsync(Thresholds.OfCells));
    }
}
