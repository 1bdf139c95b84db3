using Npgsql;
using QuikApp.Actors.Storage.Journal;

namespace QuikApp.Actors.Storage.Postgres;

/// <summary>
/// Every commit of the journal holds a shared advisory lock of its writer and fails where the writer is fenced; fencing takes
/// the lock alone, so it waits for the commits under way.
/// </summary>
internal sealed class PostgresWriterFence(NpgsqlDataSource source) : IWriterFence
{
    private const string Fenced = "SELECT fence_writer($1)";

    // A node that froze in the middle of sending a batch holds the lock for as long as its connection lives.
    private const string Terminate = """
        SELECT pg_terminate_backend(pid) FROM pg_locks
        WHERE locktype = 'advisory' AND granted AND mode = 'ShareLock' AND objsubid = 1
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
          AND (classid::bigint << 32 | objid::bigint) = writer_lock($1)
        """;

    /// <inheritdoc/>
    public async Task Fence(string writerId, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        try
        {
            await Execute(connection, Fenced, writerId, cancel);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            await Execute(connection, Terminate, writerId, cancel);
            await Execute(connection, Fenced, writerId, cancel);
        }
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, string writerId, CancellationToken cancel)
    {
#pragma warning disable CA2100 // Constants of this file.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = writerId });
        await command.ExecuteNonQueryAsync(cancel);
    }
}
