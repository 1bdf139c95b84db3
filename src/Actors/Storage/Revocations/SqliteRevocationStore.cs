using QuikApp.Actors.Storage.Sqlite;

namespace QuikApp.Actors.Storage.Revocations;

/// <summary>The table of revocations in the SQLite journal, on a thread of its own: rare writes, and a small read twice a second.</summary>
internal sealed class SqliteRevocationStore : IRevocationStore, IDisposable
{
    private readonly ConnectionThreads _thread;

    /// <summary>Brings the table up to date and starts the thread. The database stays the caller's to dispose.</summary>
    /// <exception cref="StorageRefusedException">A newer program has been here.</exception>
    public SqliteRevocationStore(SqliteDatabase journal, SqliteOptions options)
    {
        using (var connection = new PreparedConnection(journal.Source.OpenConnection()))
            SchemaVersions.Migrate(connection, SqliteRevocationSchema.Component, SqliteRevocationSchema.Steps);
        _thread = new ConnectionThreads(journal.Source, "revocations", 1, options.ReadQueueLength);
    }

    /// <inheritdoc/>
    public Task<StoredRevocation> Append(
        RevocationKind kind, byte[] subject, long before, byte[]? request, CancellationToken cancel = default) =>
        _thread.Run(connection => RevocationQueries.Append(connection, kind, subject, before, request), cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredRevocation>> After(long id, long since, CancellationToken cancel = default) =>
        _thread.Run(connection => RevocationQueries.After(connection, id, since), cancel);

    /// <inheritdoc/>
    public Task<bool> WasEver(byte[] subject, CancellationToken cancel = default) =>
        _thread.Run(connection => RevocationQueries.WasEver(connection, subject), cancel);

    /// <inheritdoc/>
    public void Dispose() => _thread.Dispose();
}
