using System.Data;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Storage.Conversations;

/// <summary>The portable SQL of what conversations owe each other, over one connection.</summary>
internal static class RelayQueries
{
    private const string OwedBy = "SELECT seq FROM relay WHERE stream = @p0 ORDER BY seq";
    private const string Owing = "SELECT stream FROM relay WHERE created < @p0 GROUP BY stream ORDER BY MIN(created) LIMIT @p1";
    private const string Done = "DELETE FROM relay WHERE stream = @p0 AND seq = @p1";

    public static IReadOnlyList<long> Owed(PreparedConnection connection, string stream)
    {
        var found = new List<long>();
        connection.Prepare(OwedBy, DbType.String).Bind(0, stream).Read(found, static row => row.GetInt64(0));
        return found;
    }

    public static IReadOnlyList<StreamId> OwingSince(PreparedConnection connection, long ticks, int limit)
    {
        var found = new List<StreamId>();
        connection.Prepare(Owing, DbType.Int64, DbType.Int64).Bind(0, ticks).Bind(1, (long)limit)
            .Read(found, static row => StreamId.Parse(row.GetString(0)));
        return found;
    }

    public static int Settle(PreparedConnection connection, IReadOnlyCollection<(StreamId Stream, long Seq)> done)
    {
        var statement = connection.Prepare(Done, DbType.String, DbType.Int64);
        var rows = 0;
        connection.Begin();
        try
        {
            foreach (var (stream, seq) in done)
                rows += statement.Bind(0, stream.Value).Bind(1, seq).Execute();
            connection.Commit();
        }
        finally
        {
            connection.Rollback();
        }

        return rows;
    }
}
