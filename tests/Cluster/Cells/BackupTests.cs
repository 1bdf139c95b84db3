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
    public Task BaseBackup_OfTheServer_IsRestoredWhole() => RestoreAsync("Base backup and archive", async (folder, database) =>
    {
        await database.StopImmediatelyAsync();
        await database.StartOnAsync(Path.Combine(folder, "backup", "base"));
    });

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
