using System.Diagnostics;
using System.Globalization;
using QuikApp.Actors.Storage;
using QuikApp.Actors.Storage.Journal;
using QuikApp.Actors.Storage.Keys;
using QuikApp.Actors.Storage.Postgres;
using QuikApp.Actors.Storage.Sqlite;
using QuikApp.Bench.Load;
using QuikApp.Cluster.Topology;
using QuikApp.Cluster.Workload;
using QuikApp.Protocol.Identity;

namespace QuikApp.Bench.Reports;

/// <summary>
/// How long a node with a full journal takes from its start to <c>/health/ready</c>: one on SQLite, and one of three on
/// PostgreSQL while the others run. A channel is read back afterwards, so that the journal is known to be one.
/// </summary>
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
    public async Task<string> RunAsync(BenchOptions options, CancellationToken cancel) =>
        await SqliteAsync(options, cancel) + await PostgresAsync(options, cancel);

    private static async Task<string> SqliteAsync(BenchOptions options, CancellationToken cancel)
    {
        // The demo makes the workspace that the channels are in.
        await using var deployment = await SqliteDeployment.StartAsync([]);
        var server = deployment.Server;
        await server.TerminateAsync();
        var (empty, _) = await StartsAsync(server);
        TimeSpan filled;
        var storage = new SqliteOptions { DataDirectory = Path.GetDirectoryName(deployment.Database)!, JournalFile = Path.GetFileName(deployment.Database) };
        using (var wrapping = KeyOf(server))
        using (var keyDatabase = SqliteDatabase.OpenKeys(storage))
        using (var keys = new SqliteKeyStore(keyDatabase, wrapping, storage, TimeProvider.System))
        using (var journal = SqliteDatabase.OpenJournal(storage))
        using (var metrics = new StorageMetrics())
            filled = await FillAsync(keys, SqliteJournal.Setup(journal, storage, TimeProvider.System, metrics), new string('m', options.Text), cancel);
        var (full, cpu) = await StartsAsync(server);

        await server.StartAsync();
        var join = await JoinAsync(deployment, server);
        return Text("SQLite", options, new FileInfo(deployment.Database).Length, empty, full, cpu, filled, join);
    }

    private static async Task<string> PostgresAsync(BenchOptions options, CancellationToken cancel)
    {
        await using var deployment = await PostgresDeployment.StartAsync([]);
        var server = deployment.Nodes[^1];
        await server.TerminateAsync();
        var (empty, _) = await StartsAsync(server);
        TimeSpan filled;
        var storage = new PostgresOptions { ConnectionString = deployment.Database.ConnectionString("quikapp_app") };
        using (var wrapping = KeyOf(server))
        using (var database = PostgresDatabase.Open(storage))
        using (var keys = new PostgresKeyStore(database, wrapping, storage, TimeProvider.System))
        using (var metrics = new StorageMetrics())
            filled = await FillAsync(keys, PostgresJournal.Setup(database, storage, TimeProvider.System, metrics), new string('m', options.Text), cancel);
        var (full, cpu) = await StartsAsync(server);

        await server.StartAsync();
        var join = await JoinAsync(deployment, server);
        var size = long.Parse(await deployment.Database.SqlAsync("SELECT pg_database_size(current_database())"), CultureInfo.InvariantCulture);
        return Text("PostgreSQL, one of three nodes,", options, size, empty, full, cpu, filled, join);
    }

    private static string Text(string storage, BenchOptions options, long bytes, Trials empty, Trials full, double cpu, TimeSpan filled, TimeSpan join) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        ## restart: {storage} journal of {Channels * EventsPerChannel:N0} events in {Channels:N0} channels, {options.Text}-byte text, {bytes >> 20:N0} MiB

        {Trials.Heading}{empty.Row("process start to ready, empty journal")}{full.Row("process start to ready, full journal")}
        CPU time of the process until ready, full journal: {cpu:F2} s (median). Writing the journal took {filled.TotalSeconds:F0} s. The first join of a channel, its {EventsPerChannel} events replayed: {join.TotalMilliseconds:F0} ms.


        """);

    private static KeyEncryptionKey KeyOf(ServerNode server) => new(Convert.FromBase64String(server.Plan.Settings["Keys:EncryptionKey"]));

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

    private static async Task<TimeSpan> FillAsync(SqlKeyStore keys, JournalSetup journal, string content, CancellationToken cancel)
    {
        var start = Stopwatch.GetTimestamp();
        using var writer = journal.StartWriter("bench");
        var author = UserId.Parse("alice");
        var pseudonym = await keys.Pseudonym(author, cancel);
        await Parallel.ForEachAsync(Enumerable.Range(0, Channels), new ParallelOptions { MaxDegreeOfParallelism = WritersAtOnce, CancellationToken = cancel }, async (n, stop) =>
        {
            var channel = ChannelId.Parse(Name(n));
            var key = await keys.GetOrCreate(author, StreamId.Of(channel), TimeProvider.System.GetUtcNow(), stop);
            await writer.Write(new GenuineEvents(channel, author, pseudonym, key, content).Next(EventsPerChannel));
        });
        return Stopwatch.GetElapsedTime(start);

        static string Name(int n) => string.Create(CultureInfo.InvariantCulture, $"bench-c{n}");
    }

    private static async Task<TimeSpan> JoinAsync(IDeployment deployment, ServerNode server)
    {
        var done = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        var last = 0L;
        using var socket = await PhoenixSocket.ConnectAsync(server.Url, deployment.Tokens.For("alice"), frame =>
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
