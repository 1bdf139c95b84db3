using System.Diagnostics;
using System.Globalization;
using System.Text;
using Akka.Actor;
using Akka.Persistence;
using Npgsql;
using NpgsqlTypes;
using QuikApp.Actors.Storage;
using QuikApp.Actors.Storage.Journal;
using QuikApp.Actors.Storage.Postgres;
using QuikApp.Actors.Storage.Sqlite;
using QuikApp.Bench.Scenarios;
using QuikApp.Cluster.Topology;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Journal;

namespace QuikApp.Bench.Reports;

/// <summary>
/// What the journal's writer commits a second: no sockets, no actors; as many streams as given, each with one write under
/// way. The floor is one connection that does nothing but insert the same records, a thousand a statement.
/// </summary>
internal sealed class JournalWriters : IReport
{
    private const int FloorRows = 1000;
    private const string Pseudonym = "u_Z3F6S0PJ8K1NQ5XW9MTR7VHBD2";

    private static readonly RecordIds Ids = new(TimeProvider.System, CryptoRecordRandom.Instance);
    private static readonly (int Streams, int Events)[] Cases = [(100, 1), (500, 1), (100, 10), (500, 10)];

    private int _run;

    /// <inheritdoc/>
    public string Name => "journal-writer";

    /// <inheritdoc/>
    public async Task<string> RunAsync(BenchOptions options, CancellationToken cancel)
    {
        var content = new string('m', options.Text);
        var window = TimeSpan.FromSeconds(options.Seconds);
        await using var postgres = await PostgresDeployment.StartAsync([], nodes: 1);
        await postgres.Nodes[0].TerminateAsync();
        await using var sqlite = await SqliteDeployment.StartAsync([]);
        await sqlite.Server.TerminateAsync();
        var postgresOptions = new PostgresOptions { ConnectionString = postgres.Database.ConnectionString("quikapp_app") };
        using var database = PostgresDatabase.Open(postgresOptions);
        var sqliteOptions = new SqliteOptions { DataDirectory = Path.GetDirectoryName(sqlite.Database)!, JournalFile = Path.GetFileName(sqlite.Database) };
        using var file = SqliteDatabase.OpenJournal(sqliteOptions);
        using var metrics = new StorageMetrics();
        var writers = new (string Name, JournalSetup Setup)[]
        {
            ("SQLite", SqliteJournal.Setup(file, sqliteOptions, TimeProvider.System, metrics)),
            ("PostgreSQL", PostgresJournal.Setup(database, postgresOptions, TimeProvider.System, metrics)),
        };

        var text = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"## journal-writer: events a second, {options.Text}-byte text, {options.Seconds} s each, median of {options.Rounds} rounds (least–most)")
            .AppendLine()
            .AppendLine("| streams | events a write | SQLite | PostgreSQL | to SQLite | to the floor |")
            .AppendLine("| ---: | ---: | ---: | ---: | ---: | ---: |");
        var floors = new List<double>();
        foreach (var (streams, events) in Cases)
        {
            var rates = writers.Select(_ => new List<double>()).ToArray();
            var (toSqlite, toFloor) = (new List<double>(), new List<double>());
            // They take turns, so that what else the machine does meets all of them.
            for (var round = 0; round < options.Rounds; round++)
            {
                for (var i = 0; i < writers.Length; i++)
                    rates[i].Add(await RateAsync(writers[i].Setup, streams, events, content, window, cancel));
                floors.Add(await FloorAsync(database, content, window, cancel));
                toSqlite.Add(rates[1][^1] / rates[0][^1]);
                toFloor.Add(rates[1][^1] / floors[^1]);
            }

            text.AppendLine(CultureInfo.InvariantCulture, $"| {streams} | {events} | {Text(rates[0], "N0")} | {Text(rates[1], "N0")} | {Text(toSqlite, "N2")} | {Text(toFloor, "N2")} |");
        }

        return text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"The floor: one connection, `INSERT … SELECT … FROM unnest` into the journal's table alone, {FloorRows:N0} rows a statement: {Text(floors, "N0")}.").ToString();
    }

    private async Task<double> RateAsync(JournalSetup setup, int streams, int events, string content, TimeSpan window, CancellationToken cancel)
    {
        using var writer = setup.StartWriter("bench");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var run = Interlocked.Increment(ref _run);
        var written = 0L;
        var record = Record(content);
        var start = Stopwatch.GetTimestamp();
        stop.CancelAfter(window);
        await Task.WhenAll(Enumerable.Range(0, streams).Select(n => Task.Run(
            async () =>
            {
                var stream = string.Create(CultureInfo.InvariantCulture, $"channel-w{run}-{n}");
                for (var seq = 1L; !stop.IsCancellationRequested; seq += events)
                {
                    await writer.Write(WriteOf(stream, seq, events, record));
                    Interlocked.Add(ref written, events);
                }
            },
            cancel)));
        return written / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private async Task<double> FloorAsync(PostgresDatabase database, string content, TimeSpan window, CancellationToken cancel)
    {
        var run = Interlocked.Increment(ref _run);
        var records = Enumerable.Repeat(Record(content), FloorRows).ToArray();
        var stream = Enumerable.Repeat(string.Create(CultureInfo.InvariantCulture, $"channel-w{run}"), FloorRows).ToArray();
        await using var connection = await database.Journal.OpenConnectionAsync(cancel);
        var start = Stopwatch.GetTimestamp();
        var rows = 0L;
        while (Stopwatch.GetElapsedTime(start) < window)
        {
            await using var insert = new NpgsqlCommand(
                """
                INSERT INTO journal (created, deleted, persistence_id, sequence_number, message, tags, manifest, identifier, writer_uuid)
                SELECT 0, FALSE, stream, seq, message, '', 'record.v1', 1701, 'floor' FROM unnest($1, $2, $3) AS t (stream, seq, message)
                """,
                connection);
            insert.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = stream });
            insert.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. Enumerable.Range(1, FloorRows).Select(n => rows + n)] });
            insert.Parameters.Add(new NpgsqlParameter<byte[][]> { TypedValue = records, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
            rows += await insert.ExecuteNonQueryAsync(cancel);
        }

        return rows / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>The bytes of a message's record, made before the clock runs: all events have the same ones, since the writer does not read them.</summary>
    private static byte[] Record(string content)
    {
        var events = new GenuineEvents(ChannelId.Parse("w"), UserId.Parse("alice"), Pseudonym, new ContentKey("k_01M323YZZ5B3D5F7H9K1N3Q5S7", new byte[32]), content);
        return JournalEntrySerializer.BytesOf((JournalEntry)events.Next(2).Events[1].Payload);
    }

    private static JournalWrite WriteOf(string stream, long first, int count, byte[] record)
    {
        var events = new IPersistentRepresentation[count];
        for (var i = 0; i < count; i++)
            events[i] = new Persistent(new JournalEntry(record, new IndexFacts(Ids.NewMessage().Value, first + i) { Author = Pseudonym }), first + i, stream, "", false, ActorRefs.NoSender, "bench");
        return new JournalWrite(stream, events, (long)count * record.Length, CancellationToken.None);
    }

    private static string Text(List<double> values, string format)
    {
        var spread = Spread.Of(values)!;
        return string.Create(CultureInfo.InvariantCulture, $"{spread.Median.ToString(format, CultureInfo.InvariantCulture)} ({spread.Least.ToString(format, CultureInfo.InvariantCulture)}–{spread.Most.ToString(format, CultureInfo.InvariantCulture)})");
    }
}
