using System.Data;

namespace QuikApp.Actors.Storage.Revocations;

/// <summary>The portable SQL of the table of revocations, over one connection.</summary>
internal static class RevocationQueries
{
    private const string Columns = "id, kind, subject, revoked_before";

    private const string Insert =
        "INSERT INTO revocation (kind, subject, revoked_before, created, request) VALUES (@p0, @p1, @p2, @p2, @p3) ON CONFLICT DO NOTHING RETURNING id";

    private const string SelectByRequest = $"SELECT {Columns} FROM revocation WHERE request = @p0";

    private const string SelectAfter = $"SELECT {Columns} FROM revocation WHERE id > @p0 AND created >= @p1 ORDER BY id";

    private const string SelectAny = "SELECT 1 FROM revocation WHERE subject = @p0 AND kind = @p1 LIMIT 1";

    public static StoredRevocation Append(PreparedConnection connection, RevocationKind kind, byte[] subject, long before, byte[]? request)
    {
        // One statement is one transaction, which no client can hold open: ids become visible nearly in their order.
        var id = connection.Prepare(Insert, DbType.Int64, DbType.Binary, DbType.Int64, DbType.Binary)
            .Bind(0, (long)kind).Bind(1, subject).Bind(2, before).Bind(3, (object?)request ?? DBNull.Value).Scalar();
        return id is long made
            ? new StoredRevocation(made, kind, subject, before)
            : Read(connection.Prepare(SelectByRequest, DbType.Binary).Bind(0, request!)).Single();
    }

    public static IReadOnlyList<StoredRevocation> After(PreparedConnection connection, long id, long since) =>
        Read(connection.Prepare(SelectAfter, DbType.Int64, DbType.Int64).Bind(0, id).Bind(1, since));

    public static bool WasEver(PreparedConnection connection, byte[] subject) =>
        connection.Prepare(SelectAny, DbType.Binary, DbType.Int64).Bind(0, subject).Bind(1, (long)RevocationKind.Tokens).Scalar() is not null;

    private static List<StoredRevocation> Read(PreparedStatement select)
    {
        var rows = new List<StoredRevocation>();
        select.Read(rows, static row => new StoredRevocation(row.GetInt64(0), (RevocationKind)row.GetInt64(1), (byte[])row[2], row.GetInt64(3)));
        return rows;
    }
}
