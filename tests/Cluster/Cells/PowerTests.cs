using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;
using QuikApp.Cluster.Checking;
using QuikApp.Cluster.Topology;
using QuikApp.Cluster.Workload;
using Xunit.Abstractions;

namespace QuikApp.Cluster.Cells;

/// <summary>Power that goes, with all that was not on the disk.</summary>
public sealed class PowerTests(ITestOutputHelper output) : Cell(output)
{
    private const int Megabytes = 256;
    private const int Rows = 500;
    private const int Cuts = 10;
    private const int DatabaseCuts = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [SkippableFact]
    public async Task F25_PowerCutUnderLoad_LosesNothingAcknowledged()
    {
        Tool.RequireRootAnd(LoopVolume.Tools);
        var plan = new WorkloadPlan { Seed = 25 };
        await using var deployment = await SqliteDeployment.StartAsync(plan.Channels, megabytes: Megabytes);
        await using var run = await CellRun.StartAsync("F25", "power cut under load, restart, ten times", deployment, plan);

        run.Begin();
        for (var cut = 0; cut < Cuts; cut++)
        {
            await deployment.Server.FreezeAsync();
            await deployment.Volume!.CutPowerAsync();
            await deployment.Server.KillAsync();
            await deployment.Volume.RestorePowerAsync();
            await deployment.Server.StartAsync();
            await run.AcknowledgedAsync(100, Patience);
        }

        run.Heal();

        Judge(await run.FinishAsync(Thresholds.OfCells));
    }

    [SkippableFact]
    public async Task F24_PowerCutOfTheDatabase_LosesNothingAcknowledged()
    {
        Tool.RequireRootAnd(LoopVolume.Tools);
        var plan = new WorkloadPlan { Seed = 24 };
        await using var deployment = await PostgresDeployment.StartAsync(plan.Channels, megabytes: Megabytes);
        await using var run = await CellRun.StartAsync("F24", "power cut of PostgreSQL's machine under load, restart, three times", deployment, plan);

        run.Begin();
        for (var cut = 0; cut < DatabaseCuts; cut++)
        {
            await deployment.Database.CutPowerAsync();
            await deployment.Database.RestorePowerAsync();
            await run.AcknowledgedAsync(100, Patience);
        }

        run.Heal();

        Judge(await run.FinishAsync(Thresholds.OfCells));
    }

    // The product refuses to run with synchronous_commit=off in the database, so the control is PostgreSQL alone on the same kind of volume.
    [SkippableTheory]
    [InlineData("on", true)]
    [InlineData("off", false)]
    public async Task F24_Control_OnlySynchronousCommitKeepsWhatWasCommitted(string synchronousCommit, bool keeps)
    {
        Tool.RequireRootAnd([.. NetworkNamespaces.Tools, .. LoopVolume.Tools, .. PostgresMachine.Tools]);
        await using var network = await NetworkNamespaces.CreateAsync(PostgresMachine.Name);
        await using var database = await PostgresMachine.CreateAsync(network, Path.Combine(AppContext.BaseDirectory, "roles.sql"), Megabytes);
        // Long enough that the power goes before what is not waited for is written all the same.
        await database.SqlAsync("ALTER SYSTEM SET wal_writer_delay = '10s'");
        await database.SqlAsync("SELECT pg_reload_conf(); CREATE TABLE public.control (n int); CHECKPOINT");
        await using (var connection = new NpgsqlConnection($"{database.ConnectionString("postgres")};Pooling=false"))
        {
            await connection.OpenAsync();
            Execute(connection, $"SET synchronous_commit = {synchronousCommit}");
            for (var n = 0; n < Rows; n++)
                Execute(connection, $"INSERT INTO public.control VALUES ({n})");
            await database.CutPowerAsync();
        }

        await database.RestorePowerAsync();
        var found = int.Parse(await database.SqlAsync("SELECT count(*) FROM public.control"), CultureInfo.InvariantCulture);
        Say($"F24 control: synchronous_commit={synchronousCommit} kept {found} of {Rows}");
        if (keeps)
            Assert.Equal(Rows, found);
        else
            Assert.True(found < Rows, "without fsync nothing was lost: the power cut is none");
    }

    // The product refuses to run without synchronous=FULL, so the control is SQLite alone on the same kind of volume.
    [SkippableTheory]
    [InlineData("FULL", Rows)]
    [InlineData("NORMAL", 0)]
    public async Task F25_Control_OnlyFullKeepsWhatWasCommitted(string synchronous, int kept)
    {
        Tool.RequireRootAnd(LoopVolume.Tools);
        var folder = Directory.CreateTempSubdirectory("quikapp-cell-").FullName;
        long found;
        await using (var volume = await LoopVolume.CreateAsync(folder, 32))
        {
            var file = Path.Combine(volume.Folder, "control.db");
            var connection = Open(file, synchronous);
            Execute(connection, "CREATE TABLE t (n INTEGER)");
            Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
            for (var n = 0; n < Rows; n++)
                Execute(connection, $"INSERT INTO t VALUES ({n})");
            await volume.CutPowerAsync();
            connection.Dispose();
            await volume.RestorePowerAsync();
            using var again = Open(file, synchronous);
            found = (long)Execute(again, "SELECT count(*) FROM t")!;
        }

        Directory.Delete(folder, recursive: true);
        Say($"F25 control: synchronous={synchronous} kept {found} of {Rows}");
        if (kept == Rows)
            Assert.Equal(Rows, found);
        else
            Assert.True(found < Rows, "without fsync nothing was lost: the power cut is none");
    }

    private static SqliteConnection Open(string file, string synchronous)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        Execute(connection, "PRAGMA journal_mode=WAL");
        Execute(connection, $"PRAGMA synchronous={synchronous}");
        return connection;
    }

    private static object? Execute(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The test's own text.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
