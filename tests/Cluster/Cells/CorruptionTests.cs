using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using QuikApp.Cluster.Topology;
using QuikApp.Cluster.Workload;
using Xunit.Abstractions;

namespace QuikApp.Cluster.Cells;

/// <summary>Rows that are not what the server wrote. Nobody may be served from them, and everybody else must be.</summary>
public sealed class CorruptionTests(ITestOutputHelper output) : Cell(output)
{
    private const int Messages = 12;
    private const string Writer = "writer";
    private const string Healthy = "healthy";
    private const string Body = "a body";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task F29_DamagedRow_ItsRoomIsRefusedByNameAndOthersServe(string storage)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "the harness reads /proc");
        await using var deployment = await Deployments.StartAsync(storage, [WorkloadPlan.Hot], nodes: 1);
        var server = deployment.Nodes[0];
        var rooms = new Dictionary<string, string>();
        foreach (var kind in Damage.Kinds.Keys.Append(Healthy).Append(Body))
            rooms[kind] = await WriteAsync(deployment, await CreateAsync(deployment, kind), Messages);

        Assert.Equal(0, await server.TerminateAsync());
        foreach (var (kind, damage) in Damage.Kinds)
            damage(deployment, StreamOf(rooms[kind]));
        Damage.ChangeBody(deployment, StreamOf(rooms[Body]));
        var (verification, _) = await deployment.VerifyAsync();
        await server.StartAsync();

        using var socket = await ConnectAsync(deployment);
        var wrong = new List<string>();
        foreach (var kind in Damage.Kinds.Keys)
        {
            var reply = await socket.PushAsync(rooms[kind], "phx_join", new { since = 0 }, Patience);
            var stream = StreamOf(rooms[kind]);
            var isNamed = await Until.TryAsync(() => Task.FromResult(IsNamed(server.Log, stream)), Patience);
            var isVerified = Damage.OfColumns.Contains(kind) || verification.Violations.Any(v => v.StartsWith($"{stream} ", StringComparison.Ordinal));
            Say($"F29 {storage}: {kind}: join {(reply.IsOk ? "granted" : reply.Reason)}, {(isNamed ? "named" : "not named")} in the log, {(isVerified ? "found" : "not found")} by the verification");
            if (reply.IsOk || reply.Reason != "unavailable" || !isNamed || !isVerified)
                wrong.Add(kind);
        }

        Assert.True((await socket.PushAsync(rooms[Healthy], "phx_join", new { since = 0 }, Patience)).IsOk);
        Assert.True((await socket.PushAsync(rooms[Healthy], "message:send", new { content = "still here" }, Patience)).IsOk);
        Assert.True(wrong.Count == 0, string.Join(", ", wrong));
        await Assert.ThrowsAnyAsync<Exception>(() => Readback.OfAsync(deployment, server, [rooms[Body]], new Dictionary<string, IReadOnlySet<string>>()));
        Say($"F29 {storage}: a body: not shown to a reader");
    }

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task F30_DamagedSnapshot_IsReplayedInstead(string storage)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "the harness reads /proc");
        await using var deployment = await Deployments.StartAsync(
            storage, [WorkloadPlan.Hot], new Dictionary<string, string> { ["Conversations:SnapshotEvery"] = "10" }, nodes: 1);
        var server = deployment.Nodes[0];
        var room = await WriteAsync(deployment, await CreateAsync(deployment, "snapshots"), 35);
        Assert.Equal(0, await server.TerminateAsync());
        Assert.True(deployment.Execute("UPDATE snapshot SET snapshot = @zeros WHERE persistence_id = @stream", ("@zeros", new byte[1_000]), ("@stream", StreamOf(room))) > 0);
        await server.StartAsync();

        using var socket = await ConnectAsync(deployment);
        var join = await socket.PushAsync(room, "phx_join", new { }, Patience);
        Assert.True(join.IsOk, join.Reason);
        var head = join.Number("head")!.Value;
        var sent = await socket.PushAsync(room, "message:send", new { content = "after the snapshot" }, Patience);
        Assert.Equal(head + 1, sent.Number("seq"));
        var journal = await Readback.OfAsync(deployment, server, [room], new Dictionary<string, IReadOnlySet<string>>());
        Assert.Equal(Enumerable.Range(1, (int)head + 1).Select(n => (long)n), journal.Select(e => e.Seq));
        Say($"F30 {storage}: all snapshots of a room damaged: replayed to {head}, and written on");
    }

    private static bool IsNamed(string log, string stream) =>
        log.Split('\n').Any(line => line.Contains(stream, StringComparison.Ordinal) && line.Contains("is damaged", StringComparison.Ordinal));

    private static string StreamOf(string room) => room.Replace(':', '-');

    private static async Task<PhoenixSocket> ConnectAsync(IDeployment deployment) =>
        (await PhoenixSocket.ConnectAsync(deployment.Nodes[0].Url, deployment.Tokens.For(Writer), _ => { })).Listen();

    private static async Task<string> WriteAsync(IDeployment deployment, string room, int messages)
    {
        using var socket = await ConnectAsync(deployment);
        Assert.True((await socket.PushAsync(room, "phx_join", new { }, Patience)).IsOk);
        for (var n = 0; n < messages; n++)
            Assert.True((await socket.PushAsync(room, "message:send", new { content = $"message {n}" }, Patience)).IsOk);
        return room;
    }

    private static async Task<string> CreateAsync(IDeployment deployment, string name)
    {
        using var http = new HttpClient { BaseAddress = deployment.Nodes[0].Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", deployment.Tokens.For(Writer));
        using var answer = await http.PostAsJsonAsync(
            new Uri($"/api/v1/workspaces/{TokenMint.Workspace}/channels", UriKind.Relative), new Dictionary<string, string> { ["name"] = name, ["visibility"] = "public" });
        var said = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, said);
        using var json = JsonDocument.Parse(said);
        return $"channel:{json.RootElement.GetProperty("id").GetString()}";
    }
}
