using System.Diagnostics;
using QuikApp.Cluster.Checking;
using QuikApp.Cluster.Topology;
using QuikApp.Cluster.Workload;
using Xunit.Abstractions;

namespace QuikApp.Cluster.Cells;

/// <summary>Three nodes and a database that others use up.</summary>
[Trait("Storage", "PostgreSQL")]
public sealed class DatabaseTests(ITestOutputHelper output) : Cell(output)
{
    private const int MoreAcks = 200;
    private const int LeastRefused = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [SkippableFact]
    public async Task F31_AllConnectionsTaken_RefusesAndRecovers()
    {
        var plan = new WorkloadPlan { Seed = 31 };
        await using var deployment = await PostgresDeployment.StartAsync(plan.Channels);
        await using var run = await CellRun.StartAsync("F31", "another client takes all connections of the database, those of the nodes too", deployment, plan);

        run.Begin();
        var hog = await ConnectionHog.StartAsync(deployment.Database.ConnectionString("quikapp_auditor"));
        try
        {
            // Those that the nodes have are theirs until they lose them.
            await deployment.Database.SqlAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'quikapp_app'");
            await Until.TrueAsync(() => Task.FromResult(run.Load.Unavailable >= LeastRefused), Patience, () => "sends are refused as unavailable");
            run.Figures["connections taken"] = hog.Held;
        }
        finally
        {
            await hog.DisposeAsync();
        }

        var free = Stopwatch.GetTimestamp();
        await run.AcknowledgedAsync(1, Patience);
        run.Figures["written again after s"] = Stopwatch.GetElapsedTime(free).TotalSeconds;
        await run.AllAcknowledgedAsync(Patience);
        run.Figures["everybody acknowledged after s"] = Stopwatch.GetElapsedTime(free).TotalSeconds;
        await run.AcknowledgedAsync(MoreAcks, Patience);
        run.Heal();

        Assert.All(deployment.Nodes, node => Assert.True(node.IsRunning));
        Judge(await run.FinishAsync(Thresholds.OfCells with { Effects = LeastRefused }));
    }
}
