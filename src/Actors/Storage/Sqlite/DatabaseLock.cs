namespace QuikApp.Actors.Storage.Sqlite;

/// <summary>
/// One process a database: a lock file held open beside it. The system releases it when the process ends, however it ends,
/// so a lock file that is merely there means nothing.
/// </summary>
internal sealed class DatabaseLock : IDisposable
{
    private readonly FileStream _file;

    private DatabaseLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of <paramref name="database"/>.</summary>
    /// <exception cref="StorageRefusedException">Another process, or this one a second time, holds it.</exception>
    public static DatabaseLock Take(string database)
    {
        try
        {
            return new DatabaseLock(PrivateFiles.Open(database + ".lock", FileShare.None));
        }
        catch (IOException e)
        {
            throw new StorageRefusedException($"another process uses {database}: a SQLite database has one process; stop the other, or give this one a data directory of its own", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
