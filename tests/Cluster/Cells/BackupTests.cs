using QuikApp.Cluster.History;
using QuikApp.Cluster.Topology;
using QuikApp.Cluster.Workload;
using Xunit.Abstractions;

namespace QuikApp.Cluster.Cells;

/// <summary>A backup is taken while people write, everything is lost, and what was written before the backup is there again.</summary>
[Trait("Storage", "PostgreSQL")]
public sealed class BackupTests(ITestOutputHelper output) : Cell(output)
{
    private const int Acks = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [SkippableFact]
    public Task Dumps_OfJournalAndKeys_AreRestoredWhole() => RestoreAsync("Dumps, journal first", async (folder, database) =>
    {
        await database.DropAsync();
        await OperatorsPage.RunAsync("The dumps, into a server without the database", folder, database);
    });

    [SkippableFact]
    public Task BaseBackup_OfTheServer_IsRestoredWhole() => RestoreAsync("Base backup:", async (folder, database) =>
    {
        await database.StopImmediatelyAsync();
        await database.StartOnAsync(Path.Combine(folder, "backup", "base"));
    });

    // What was committed until then is there, and nothing later.
    [SkippableFact]
    public async Task Archive_IsRecoveredToAMoment()
    {
        Tool.RequireRootAnd("bash", "cp");
        var plan = new WorkloadPlan { Seed = 61 };
        await using var deployment = await PostgresDeployment.StartAsync(plan.Channels, nodes: 1);
        var (node, database) = (deployment.Nodes[0], deployment.Database);
        await OperatorsPage.FurnishAsync(deployment.Folder);
        await OperatorsPage.RunAsync("The archive takes this once", deployment.Folder, database);
        await database.StopImmediatelyAsync();
        await database.StartAsync();
        var load = await Load.StartAsync(deployment, plan);
        IReadOnlyList<JournalEntry> before, all;
        List<string> rooms;
        string moment;
        try
        {
            await AcknowledgedAsync(load, Acks);
            await OperatorsPage.RunAsync("Base backup:", deployment.Folder, database);
            await AcknowledgedAsync(load, load.Acked + Acks);
            rooms = [.. load.Clients.SelectMany(client => client.Topics).Distinct()];
            before = await Readback.OfAsync(deployment, node, rooms, load.Members);
            moment = await database.SqlAsync("SELECT clock_timestamp()");
            await AcknowledgedAsync(load, load.Acked + Acks);
            all = await Readback.OfAsync(deployment, node, rooms, load.Members);
            await database.ArchivedAsync();
        }
        finally
        {
            load.Dispose();
        }

        await node.TerminateAsync();
        await database.StopImmediatelyAsync();
        await OperatorsPage.RunAsync("For recovery to a moment", deployment.Folder, database, ("2026-11-22 12:00:00+00", moment));
        await database.StartOnAsync(Path.Combine(deployment.Folder, "backup", "base"));
        await deployment.MigrateAsync(ServerNode.Current);
        await node.StartAsync();

        var after = await Readback.OfAsync(deployment, node, rooms, load.Members);
        Say($"recovery to a moment: {before.Count} events before it, {after.Count} after the recovery, {all.Count} when everything was lost");
        foreach (var room in all.GroupBy(entry => entry.Room))
        {
            var recovered = after.Where(entry => entry.Room == room.Key).ToList();
            Assert.True(recovered.Count >= before.Count(entry => entry.Room == room.Key), $"{room.Key} lost what was there at the moment");
            Assert.Equal(room.Take(recovered.Count), recovered);
        }

        Assert.True(after.Count < all.Count, "nothing was written after the moment");
        Assert.Empty((await deployment.VerifyAsync()).Verification.Violations);
        await WritesOnAsync(deployment, node, after);
    }

    private async Task RestoreAsync(string backup, Func<string, PostgresMachine, Task> restore)
    {
        Tool.RequireRootAnd("bash", "cp");
        var plan = new WorkloadPlan { Seed = 60 };
        await using var deployment = await PostgresDeployment.StartAsync(plan.Channels, nodes: 1);
        var node = deployment.Nodes[0];
        await OperatorsPage.FurnishAsync(deployment.Folder);
        var load = await Load.StartAsync(deployment, plan);
        IReadOnlyList<JournalEntry> before;
        List<string> rooms;
        try
        {
            await AcknowledgedAsync(load, Acks);
            rooms = [.. load.Clients.SelectMany(client => client.Topics).Distinct()];
            before = await Readback.OfAsync(deployment, node, rooms, load.Members);
            await OperatorsPage.RunAsync(backup, deployment.Folder, deployment.Database);
            // These are lost with the machine.
            await AcknowledgedAsync(load, load.Acked + Acks);
        }
        finally
        {
            load.Dispose();
        }

        await node.TerminateAsync();
        await restore(deployment.Folder, deployment.Database);
        await deployment.MigrateAsync(ServerNode.Current);
        await node.StartAsync();

        var after = await Readback.OfAsync(deployment, node, rooms, load.Members);
        Say($"{backup}: {before.Count} events before the backup, {after.Count} after the restore");
        foreach (var room in before.GroupBy(entry => entry.Room))
            Assert.Equal(room, after.Where(entry => entry.Room == room.Key).Take(room.Count()));
        Assert.Empty((await deployment.VerifyAsync()).Verification.Violations);
        await WritesOnAsync(deployment, node, after);
    }

    private static Task AcknowledgedAsync(Load load, int many) =>
        Until.TrueAsync(() => Task.FromResult(load.Acked >= many), Patience, () => $"{load.Acked} of {many} pushes acknowledged");

    // The next event gets the next number.
    private static async Task WritesOnAsync(PostgresDeployment deployment, ServerNode node, IReadOnlyList<JournalEntry> after)
    {
        var hot = $"channel:{WorkloadPlan.Hot}";
        using var socket = (await PhoenixSocket.ConnectAsync(node.Url, deployment.Tokens.For("survivor"), _ => { })).Listen();
        Assert.True((await socket.PushAsync(hot, "phx_join", new { }, Patience)).IsOk);
        var sent = await socket.PushAsync(hot, "message:send", new { content = "after the restore" }, Patience);
        Assert.True(sent.IsOk, sent.Reason);
        Assert.Equal(after.Where(entry => entry.Room == hot).Max(entry => entry.Seq) + 1, sent.Number("seq"));
    }
}
