using System.Data.Common;

namespace QuikApp.Actors.Storage.Sqlite;

/// <summary>
/// An SQLite file this process owns while the object lives: locked against a second process, private to the account, in WAL
/// mode with <c>synchronous=FULL</c>, all of it checked before the first use.
/// </summary>
internal sealed class SqliteDatabase : IDisposable
{
    private readonly DatabaseLock _lock;

    private SqliteDatabase(string path, DatabaseLock held, SqliteDataSource source)
    {
        FilePath = path;
        _lock = held;
        Source = source;
    }

    /// <summary>The absolute path of the file.</summary>
    public string FilePath { get; }

    /// <summary>Where connections come from.</summary>
    public SqliteDataSource Source { get; }

    /// <summary>Opens the journal's database and brings its index tables up to date.</summary>
    /// <exception cref="StorageRefusedException">It must not be used as it is; the message says why.</exception>
    public static SqliteDatabase OpenJournal(SqliteOptions options) =>
        Open(options, options.JournalFile, SqliteIndexSchema.Schema);

    /// <summary>Opens the database of the keys and brings its tables up to date.</summary>
    /// <exception cref="StorageRefusedException">It must not be used as it is; the message says why.</exception>
    public static SqliteDatabase OpenKeys(SqliteOptions options) =>
        Open(options, options.KeyFile, SqliteKeySchema.Schema);

    /// <inheritdoc/>
    public void Dispose()
    {
        Source.Dispose();
        _lock.Dispose();
    }

    private static SqliteDatabase Open(SqliteOptions options, string file, ComponentSchema schema)
    {
        var directory = Path.GetFullPath(options.DataDirectory);
        var path = Path.Combine(directory, file);
        PrivateFiles.PrepareDirectory(directory, file);
        var held = DatabaseLock.Take(path);
        SqliteDataSource? source = null;
        try
        {
            PrivateFiles.PrepareFile(path);
            source = new SqliteDataSource(path, options.BusyTimeout);
            using var connection = new PreparedConnection(source.OpenConnection());
            SqliteDataSource.UseWriteAheadLog(connection.Connection);
            source.Verify(connection.Connection);
            SchemaVersions.Migrate(connection, schema);
            return new SqliteDatabase(path, held, source);
        }
        catch (DbException e)
        {
            source?.Dispose();
            held.Dispose();
            throw new StorageRefusedException($"the database {path} cannot be opened: {e.Message}", e);
        }
        catch
        {
            source?.Dispose();
            held.Dispose();
            throw;
        }
    }
}
