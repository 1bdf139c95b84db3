namespace QuikApp.Actors.Storage.Sqlite;

/// <summary>
/// One process a database: a lock file held open beside it. The system releases it when the process ends, however it ends,
/// so a lock file that is merely there means nothing.
/// </summary>
internal sealed class DatabaseLock : IDisposable
{
    /// <summary>EWOULDBLOCK of Linux, as .NET passes it on.</summary>
    private const int WouldBlock = 11;

    /// <summary>ERROR_SHARING_VIOLATION of Windows.</summary>
    private const int SharingViolation = unchecked((int)0x80070020);

    private readonly FileStream _file;

    private DatabaseLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of <paramref name="database"/>.</summary>
    /// <exception cref="StorageRefusedException">Another process, or this one a second time, holds it, or the disk refuses.</exception>
    public static DatabaseLock Take(string database)
    {
        try
        {
            return new DatabaseLock(PrivateFiles.Open(database + ".lock", FileShare.None));
        }
        catch (IOException e) when (IsHeld(e))
        {
            throw new StorageRefusedException($"another process uses {database}: a SQLite database has one process; stop the other, or give this one a data directory of its own", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageRefusedException($"the lock of {database} cannot be taken: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // A disk that fails, or is full, says something else.
    private static bool IsHeld(IOException error) => error.HResult is WouldBlock or SharingViolation;
}
