using Npgsql;
using QuikApp.Actors.Storage.Journal;

namespace QuikApp.Actors.Storage.Postgres;

/// <summary>What is PostgreSQL's own about writing the journal.</summary>
internal static class PostgresJournal
{
    private const string FindUniqueConstraint = """
        SELECT 1 FROM pg_index AS i
        WHERE i.indrelid = 'journal'::regclass AND i.indisunique AND i.indisvalid AND i.indpred IS NULL
          AND (SELECT string_agg(a.attname, ',' ORDER BY k.n)
               FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, n)
               JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = k.attnum) = 'persistence_id,sequence_number'
        """;

    /// <summary>Hands the writer its connections.</summary>
    public static JournalSetup Setup(PostgresDatabase database, PostgresOptions options, TimeProvider time, StorageMetrics metrics) =>
        new(
            writerId => Open(database, writerId, time),
            new JournalWriterLimits(options.WriteQueueLength, options.WriteQueueBytes, options.MaxBatchRows),
            metrics,
            new PostgresWriterFence(database.Journal));

    private static PostgresJournalConnection Open(PostgresDatabase database, string writerId, TimeProvider time)
    {
        var connection = database.Journal.OpenConnection();
        try
        {
            PostgresSettings.RequireDurability(connection);
            if (!IsUnique(connection))
                throw new StorageRefusedException("the journal has no unique index on (persistence_id, sequence_number): two nodes could both number an event");
            return new PostgresJournalConnection(connection, writerId, time);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static bool IsUnique(NpgsqlConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = FindUniqueConstraint;
        return command.ExecuteScalar() is not null;
    }
}
