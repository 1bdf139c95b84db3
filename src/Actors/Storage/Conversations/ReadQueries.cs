using System.Data;
using QuikApp.Actors.Users;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Storage.Conversations;

/// <summary>The portable SQL that counts what a user has not read, over one connection. Each count stops at <see cref="ReadFacts.Most"/>.</summary>
internal static class ReadQueries
{
    private const string Marked = "SELECT seq FROM read_mark WHERE stream = @p0 AND target = @p1";

    private const string MarkedTargets = "SELECT target FROM read_mark WHERE stream = @p0 AND target > @p1 ORDER BY target LIMIT @p2";

    private const string Messages = """
        SELECT COUNT(*) FROM (
            SELECT 1 FROM message WHERE stream = @p0 AND seq > @p1 AND NOT deleted AND (author IS NULL OR author <> @p2) LIMIT @p3
        ) AS counted
        """;

    private const string Mentions = """
        SELECT COUNT(*) FROM (
            SELECT 1 FROM mention WHERE stream = @p0 AND target = @p1 AND seq > @p2 LIMIT @p3
        ) AS counted
        """;

    public static long? StatusSeq(PreparedConnection connection, string user) =>
        connection.Prepare("SELECT seq FROM user_status WHERE stream = @p0", DbType.String).Bind(0, user).Scalar() as long?;

    public static IReadOnlyList<StreamId> Targets(PreparedConnection connection, string user, string after, int limit)
    {
        var found = new List<StreamId>();
        connection.Prepare(MarkedTargets, DbType.String, DbType.String, DbType.Int64)
            .Bind(0, user).Bind(1, after).Bind(2, (long)limit)
            .Read(found, static row => StreamId.Parse(row.GetString(0)));
        return found;
    }

    public static ReadFacts Unread(PreparedConnection connection, string user, string target, long? above, string pseudonym)
    {
        var head = ConversationQueries.Head(connection, target);
        var marked = connection.Prepare(Marked, DbType.String, DbType.String).Bind(0, user).Bind(1, target).Scalar() is long seq ? seq : 0;
        // A device that lags behind takes nothing back.
        var from = Math.Max(above ?? marked, marked);
        var unread = (long)connection.Prepare(Messages, DbType.String, DbType.Int64, DbType.String, DbType.Int64)
            .Bind(0, target).Bind(1, from).Bind(2, pseudonym).Bind(3, (long)ReadFacts.Most).Scalar()!;
        var mentions = (long)connection.Prepare(Mentions, DbType.String, DbType.String, DbType.Int64, DbType.Int64)
            .Bind(0, user).Bind(1, target).Bind(2, from).Bind(3, (long)ReadFacts.Most).Scalar()!;
        return new ReadFacts(head, marked, unread, mentions);
    }
}
