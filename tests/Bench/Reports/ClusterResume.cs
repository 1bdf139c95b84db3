using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using QuikApp.Cluster.Storm;
using QuikApp.Cluster.Topology;
using QuikApp.Cluster.Workload;

namespace QuikApp.Bench.Reports;

/// <summary>What a client waits for that comes back to another node than the one it left: three nodes on PostgreSQL, each message checked.</summary>
internal sealed class ClusterResume : IReport
{
    private const string Channel = "resume";
    private const string Topic = $"channel:{Channel}";
    private const int UnderWay = 200;
    private const int Trials = 30;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public string Name => "cluster-resume";

    /// <inheritdoc/>
    public async Task<string> RunAsync(BenchOptions options, CancellationToken cancel)
    {
        await using var deployment = await PostgresDeployment.StartAsync([Channel]);
        var since = await FillAsync(deployment, options.Messages, options.Text, cancel);
        var owner = await OwnerAsync(deployment);
        var others = deployment.Nodes.Where(node => node != owner).ToList();
        var text = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"## cluster-resume: {options.Messages:N0} missed messages of {options.Text} bytes, three nodes on PostgreSQL")
            .AppendLine()
            .Append(Reports.Trials.Heading);

        // Nobody else is in the topic, so every resume makes the hub anew, asks the owner and reads the journal.
        text.Append((await ResumeAsync(deployment, [owner], since, options, cancel)).Row("on the owner's node, hub made anew"));
        text.Append((await ResumeAsync(deployment, others, since, options, cancel)).Row("owner on another node, hub made anew"));
        var listeners = new List<PhoenixSocket>();
        foreach (var node in others)
        {
            listeners.Add((await PhoenixSocket.ConnectAsync(node.Url, deployment.Tokens.For($"listener-{node.Name}"), _ => { })).Listen());
            await RequireOkAsync(listeners[^1].PushAsync(Topic, "phx_join", new { }, Patience));
        }

        text.Append((await ResumeAsync(deployment, others, since, options, cancel)).Row("owner on another node, hub there already"));
        listeners.ForEach(listener => listener.Dispose());
        return text.ToString();
    }

    private static async Task<Trials> ResumeAsync(
        PostgresDeployment deployment, List<ServerNode> nodes, long since, BenchOptions options, CancellationToken cancel)
    {
        var trials = new Trials();
        // The first ones compile the code and are not counted.
        foreach (var node in nodes)
            await ResumeAsync(deployment, node, since, options.Messages, cancel);
        for (var n = 0; n < Trials; n++)
            trials.Add(await ResumeAsync(deployment, nodes[n % nodes.Count], since, options.Messages, cancel));
        return trials;
    }

    /// <summary>From the upgrade request to <c>replay:done</c>, every number in its place.</summary>
    private static async Task<TimeSpan> ResumeAsync(PostgresDeployment deployment, ServerNode node, long since, int messages, CancellationToken cancel)
    {
        var token = deployment.Tokens.For("reader");
        var start = Stopwatch.GetTimestamp();
        using var socket = await LeanSocket.ConnectAsync(node.Url, token);
        using var stop = cancel.UnsafeRegister(static socket => ((LeanSocket)socket!).Abort(), socket);
        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new object[] { "1", "1", Topic, "phx_join", new { since } }));
        var last = since;
        while (true)
        {
            var frame = await socket.ReceiveAsync();
            if (frame.Event == "replay:done")
                break;
            if (frame.Event == "phx_reply" && Reply.Of(frame.Payload) is { IsOk: false } refusal)
                throw new InvalidOperationException($"no resume: {refusal.Reason}");
            if (frame.Payload.TryGetProperty("seq", out var seq) && seq.GetInt64() != ++last)
                throw new InvalidOperationException($"{seq} came where {last} was due");
        }

        var time = Stopwatch.GetElapsedTime(start);
        return last == since + messages ? time : throw new InvalidOperationException($"{last - since} of {messages} messages came");
    }

    /// <summary>Writes the backlog.</summary>
    /// <returns>The number before it.</returns>
    private static async Task<long> FillAsync(PostgresDeployment deployment, int messages, int bytes, CancellationToken cancel)
    {
        using var writer = (await PhoenixSocket.ConnectAsync(deployment.Nodes[0].Url, deployment.Tokens.For("writer"), _ => { })).Listen();
        var since = (await RequireOkAsync(writer.PushAsync(Topic, "phx_join", new { }, Patience))).Number("head")!.Value;
        var content = new string('m', bytes);
        using var room = new SemaphoreSlim(UnderWay);
        await Task.WhenAll(Enumerable.Range(0, messages).Select(async n =>
        {
            await room.WaitAsync(cancel);
            // On a machine that is busy with other things some are refused: they are repeated under their key.
            var clientId = n.ToString(CultureInfo.InvariantCulture);
            while (await writer.PushAsync(Topic, "message:send", new { content, clientId }, Patience) is { IsOk: false } refusal)
            {
                if (refusal.Reason != "unavailable")
                    throw new InvalidOperationException($"refused: {refusal.Reason}");
                await Task.Delay(Pause, cancel);
            }

            room.Release();
        }));
        return since;
    }

    /// <summary>The node that committed the backlog.</summary>
    private static async Task<ServerNode> OwnerAsync(PostgresDeployment deployment)
    {
        using var http = new HttpClient();
        foreach (var node in deployment.Nodes)
        {
            var metrics = await http.GetStringAsync(new Uri(node.Url, "/metrics"));
            if (metrics.Split('\n').Any(line => line.StartsWith("quikapp_sends", StringComparison.Ordinal) && double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture) > 0))
                return node;
        }

        throw new InvalidOperationException("no node says that it committed the backlog");
    }

    private static async Task<Reply> RequireOkAsync(Task<Reply> push) =>
        await push is { IsOk: true } reply ? reply : throw new InvalidOperationException($"refused: {(await push).Reason}");
}
