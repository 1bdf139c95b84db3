using System.Data.Common;

namespace QuikApp.Actors.Storage.Revocations;

/// <summary>The table of revocations, on a thread of its own: rare writes, and a small read twice a second.</summary>
internal abstract class SqlRevocationStore : IRevocationStore, IDisposable
{
    private readonly ConnectionThreads _thread;

    /// <summary>Starts the thread over the journal's database; <paramref name="queue"/> is how many calls may wait.</summary>
    protected SqlRevocationStore(DbDataSource source, int queue) => _thread = new ConnectionThreads(source, "revocations", 1, queue);

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
