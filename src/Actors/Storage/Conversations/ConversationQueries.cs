using System.Data;
using System.Globalization;

namespace QuikApp.Actors.Storage.Conversations;

/// <summary>The portable SQL of the conversation store, over one connection.</summary>
internal static class ConversationQueries
{
    /// <summary>Values a statement's IN list takes; a shorter list repeats its last, so that one prepared statement serves all.</summary>
    private const int ChunkSize = 64;

    private const string Range =
        "SELECT sequence_number, message FROM journal WHERE persistence_id = @p0 AND sequence_number BETWEEN @p1 AND @p2 ORDER BY sequence_number LIMIT @p3";

    private const string Last = "SELECT MAX(sequence_number) FROM journal WHERE persistence_id = @p0";

    private const string PageUp = "SELECT seq FROM message WHERE stream = @p0 AND seq > @p1 AND seq < @p2 ORDER BY seq LIMIT @p3";

    private const string PageDown = "SELECT seq FROM message WHERE stream = @p0 AND seq > @p1 AND seq < @p2 ORDER BY seq DESC LIMIT @p3";

    private const string Changed = """
        SELECT seq FROM message WHERE stream = @p0 AND seq > @p1
        UNION SELECT message_seq FROM message_change WHERE stream = @p0 AND seq > @p1
        ORDER BY 1 LIMIT @p2
        """;

    private static readonly string InList = string.Join(", ", Enumerable.Range(1, ChunkSize).Select(static i => $"@p{i.ToString(CultureInfo.InvariantCulture)}"));
    private static readonly string Rows = $"SELECT sequence_number, message FROM journal WHERE persistence_id = @p0 AND sequence_number IN ({InList}) ORDER BY sequence_number";
    private static readonly string ById = $"SELECT message_id, seq FROM message WHERE stream = @p0 AND message_id IN ({InList})";
    private static readonly string ByKey = $"SELECT idempotency_key, seq, fingerprint FROM idempotency WHERE stream = @p0 AND idempotency_key IN ({InList})";

    private static readonly string Events = $"""
        SELECT seq FROM message WHERE stream = @p0 AND seq IN ({InList})
        UNION ALL SELECT seq FROM message_change WHERE stream = @p0 AND message_seq IN ({InList})
        """;

    public static IReadOnlyDictionary<string, long> Messages(PreparedConnection connection, string stream, IReadOnlyCollection<string> ids)
    {
        var found = new List<KeyValuePair<string, long>>();
        foreach (var chunk in ids.Chunk(ChunkSize))
            BindList(connection, ById, DbType.String, stream, chunk).Read(found, static row => new KeyValuePair<string, long>(row.GetString(0), row.GetInt64(1)));
        return new Dictionary<string, long>(found.DistinctBy(static pair => pair.Key), StringComparer.Ordinal);
    }

    public static IReadOnlyDictionary<byte[], StoredKey> Keys(PreparedConnection connection, string stream, IReadOnlyCollection<byte[]> keys)
    {
        var found = new List<KeyValuePair<byte[], StoredKey>>();
        foreach (var chunk in keys.Chunk(ChunkSize))
            BindList(connection, ByKey, DbType.Binary, stream, chunk)
                .Read(found, static row => new KeyValuePair<byte[], StoredKey>((byte[])row[0], new StoredKey(row.GetInt64(1), (byte[])row[2])));
        return new Dictionary<byte[], StoredKey>(found.DistinctBy(static pair => pair.Key, KeyBytesComparer.Instance), KeyBytesComparer.Instance);
    }

    public static IReadOnlyList<StoredRecord> Records(PreparedConnection connection, string stream, long from, long to, int max)
    {
        var found = new List<StoredRecord>();
        connection.Prepare(Range, DbType.String, DbType.Int64, DbType.Int64, DbType.Int64)
            .Bind(0, stream).Bind(1, from).Bind(2, to).Bind(3, (long)max)
            .Read(found, static row => new StoredRecord(row.GetInt64(0), (byte[])row[1]));
        return found;
    }

    public static IReadOnlyList<StoredRecord> Records(PreparedConnection connection, string stream, IReadOnlyCollection<long> seqs)
    {
        var found = new List<StoredRecord>();
        foreach (var chunk in seqs.Distinct().Order().Chunk(ChunkSize))
            BindList(connection, Rows, DbType.Int64, stream, chunk).Read(found, static row => new StoredRecord(row.GetInt64(0), (byte[])row[1]));
        return found;
    }

    public static SeqPage Page(PreparedConnection connection, string stream, long? before, long? after, int limit)
    {
        var found = new List<long>();
        connection.Prepare(after is null ? PageDown : PageUp, DbType.String, DbType.Int64, DbType.Int64, DbType.Int64)
            .Bind(0, stream).Bind(1, after ?? 0).Bind(2, before ?? long.MaxValue).Bind(3, limit + 1L)
            .Read(found, static row => row.GetInt64(0));
        var page = Cut(found, limit);
        if (after is null)
            found.Reverse();
        return page;
    }

    public static IReadOnlyList<long> EventsOf(PreparedConnection connection, string stream, IReadOnlyCollection<long> messageSeqs)
    {
        var found = new List<long>();
        foreach (var chunk in messageSeqs.Distinct().Chunk(ChunkSize))
            BindList(connection, Events, DbType.Int64, stream, chunk).Read(found, static row => row.GetInt64(0));
        found.Sort();
        return found;
    }

    public static SeqPage ChangedSince(PreparedConnection connection, string stream, long since, int limit)
    {
        var found = new List<long>();
        connection.Prepare(Changed, DbType.String, DbType.Int64, DbType.Int64)
            .Bind(0, stream).Bind(1, since).Bind(2, limit + 1L)
            .Read(found, static row => row.GetInt64(0));
        return Cut(found, limit);
    }

    public static long Head(PreparedConnection connection, string stream) =>
        connection.Prepare(Last, DbType.String).Bind(0, stream).Scalar() is long head ? head : 0;

    private static SeqPage Cut(List<long> found, int limit)
    {
        var more = found.Count > limit;
        if (more)
            found.RemoveAt(limit);
        return new SeqPage(found, more);
    }

    private static PreparedStatement BindList<T>(PreparedConnection connection, string sql, DbType type, string stream, T[] values)
        where T : notnull
    {
        Span<DbType> types = stackalloc DbType[ChunkSize + 1];
        types.Fill(type);
        types[0] = DbType.String;
        var statement = connection.Prepare(sql, types).Bind(0, stream);
        for (var i = 0; i < ChunkSize; i++)
            statement.Bind(i + 1, values[Math.Min(i, values.Length - 1)]);
        return statement;
    }
}
