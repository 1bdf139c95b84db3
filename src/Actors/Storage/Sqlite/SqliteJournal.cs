using System.Data.Common;
using Microsoft.Data.Sqlite;
using QuikApp.Actors.Storage.Journal;

namespace QuikApp.Actors.Storage.Sqlite;

/// <summary>What is SQLite's own about writing the journal.</summary>
internal static class SqliteJournal
{
    private const int ConstraintViolated = 19;

    private const string FindTable = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'journal'";

    private const string FindUniqueIndex = """
        SELECT 1 FROM pragma_index_list('journal') AS i
        WHERE i."unique" = 1 AND (SELECT group_concat(name) FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno)) = 'persistence_id,sequence_number'
        """;

    /// <summary>Whether the journal's table was made.</summary>
    public static bool TableExists(PreparedConnection connection) => connection.Prepare(FindTable).Scalar() is not null;

    /// <summary>Hands the writer its connections.</summary>
    public static JournalSetup Setup(SqliteDatabase database, SqliteOptions options, TimeProvider time, StorageMetrics metrics) =>
        new(
            writerId => Open(database, writerId, time),
            new JournalWriterLimits(options.WriteQueueLength, options.WriteQueueBytes, options.MaxBatchRows),
            metrics);

    private static JournalTransaction Open(SqliteDatabase database, string writerId, TimeProvider time)
    {
        var connection = new PreparedConnection(database.Source.OpenConnection());
        try
        {
            database.Source.Verify(connection.Connection);
            // A journal plugin without a provider-name makes its table without this index, and says nothing.
            if (connection.Prepare(FindUniqueIndex).Scalar() is null)
                throw new StorageRefusedException("the journal has no unique index on (persistence_id, sequence_number): two writers could both number an event");
            return new JournalTransaction(connection, writerId, time, IsConflict);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static bool IsConflict(DbException error) => error is SqliteException { SqliteErrorCode: ConstraintViolated };
}
