using System.Diagnostics;
using System.Globalization;
using QuikApp.Actors.Storage;
using QuikApp.Actors.Storage.Keys;
using QuikApp.Actors.Storage.Sqlite;
using QuikApp.Bench.Load;
using QuikApp.Cluster.Topology;
using QuikApp.Cluster.Workload;
using QuikApp.Protocol.Identity;

namespace QuikApp.Bench.Reports;

/// <summary>How long a node with a full journal takes from its start to <c>/health/ready</c>. A channel is read back afterwards, so that the journal is known to be one.</summary>
internal sealed class Restart : IReport
{
    private const int Channels = 10_000;
    private const int EventsPerChannel = 100;
    private const int Starts = 30;
    private const int WritersAtOnce = 32;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public string Name => "restart";

    /// <inheritdoc/>
    public async Task<string> RunAsync(BenchOptions options, CancellationToken cancel)
    {
        // The demo makes the workspace that the channels are in.
        await using var deployment = await SqliteDeployment.StartAsync([]);
        var server = deployment.Server;
        await server.TerminateAsync();
        var (empty, _) = await StartsAsync(server);
        var filling = Stopwatch.GetTimestamp();
        await FillAsync(deployment, new string('m', options.Text), cancel);
        var filled = Stopwatch.GetElapsedTime(filling);
        var (full, cpu) = await StartsAsync(server);

        await server.StartAsync();
        var join = await JoinAsync(deployment);
        var size = new FileInfo(deployment.Database).Length >> 20;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            ## restart: SQLite journal of {Channels * EventsPerChannel:N0} events in {Channels:N0} channels, {options.Text}-byte text, {size:N0} MiB

            {Trials.Heading}{empty.Row("process start to ready, empty journal")}{full.Row("process start to ready, full journal")}
            CPU time of the process until ready, full journal: {cpu:F2} s (median). Writing the journal took {filled.TotalSeconds:F0} s. The first join of a channel, its {EventsPerChannel} events replayed: {join.TotalMilliseconds:F0} ms.

            """);
    }

    private static async Task<(Trials Times, double CpuSeconds)> StartsAsync(ServerNode server)
    {
        var trials = new Trials();
        var cpu = new List<double>();
        for (var n = 0; n < Starts; n++)
        {
            var start = Stopwatch.GetTimestamp();
            await server.StartAsync();
            trials.Add(Stopwatch.GetElapsedTime(start));
            cpu.Add(ProcessFigures.CpuSeconds(server.ProcessId));
            await server.TerminateAsync();
        }

        cpu.Sort();
        return (trials, cpu[cpu.Count / 2]);
    }

    private static async Task FillAsync(SqliteDeployment deployment, string content, CancellationToken cancel)
    {
        var options = new SqliteOptions { DataDirectory = Path.GetDirectoryName(deployment.Database)!, JournalFile = Path.GetFileName(deployment.Database) };
        using var wrapping = new KeyEncryptionKey(Convert.FromBase64String(deployment.Server.Plan.Settings["Keys:EncryptionKey"]));
        using var keyDatabase = SqliteDatabase.OpenKeys(options);
        using var keys = new SqliteKeyStore(keyDatabase, wrapping, options, TimeProvider.System);
        using var journal = SqliteDatabase.OpenJournal(options);
        using var metrics = new StorageMetrics();
        using var writer = SqliteJournal.Setup(journal, options, TimeProvider.System, metrics).StartWriter("bench");
        var author = UserId.Parse("alice");
        var pseudonym = await keys.Pseudonym(author, cancel);
        await Parallel.ForEachAsync(Enumerable.Range(0, Channels), new ParallelOptions { MaxDegreeOfParallelism = WritersAtOnce, CancellationToken = cancel }, async (n, stop) =>
        {
            var channel = ChannelId.Parse(Name(n));
            var key = await keys.GetOrCreate(author, StreamId.Of(channel), TimeProvider.System.GetUtcNow(), stop);
            await writer.Write(new GenuineEvents(channel, author, pseudonym, key, content).Next(EventsPerChannel));
        });

        static string Name(int n) => string.Create(CultureInfo.InvariantCulture, $"bench-c{n}");
    }

    private static async Task<TimeSpan> JoinAsync(SqliteDeployment deployment)
    {
        var done = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        var last = 0L;
        using var socket = await PhoenixSocket.ConnectAsync(deployment.Server.Url, deployment.Tokens.For("alice"), frame =>
        {
            if (frame.Event == "replay:done")
                done.TrySetResult(last);
            else if (frame.Payload.TryGetProperty("seq", out var seq))
                last = seq.GetInt64() == last + 1 ? last + 1 : long.MinValue;
        });
        socket.Listen();
        var start = Stopwatch.GetTimestamp();
        var reply = await socket.PushAsync($"channel:bench-c{Channels / 2}", "phx_join", new { since = 0 }, Patience);
        if (!reply.IsOk || await done.Task.WaitAsync(Patience) != EventsPerChannel)
            throw new InvalidOperationException($"the journal that was written does not read: {reply.Response}, {last}");
        return Stopwatch.GetElapsedTime(start);
    }
}
