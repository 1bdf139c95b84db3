using QuikApp.Actors.Storage.Keys;
using QuikApp.Actors.Storage.Revocations;
using QuikApp.Actors.Storage.Sqlite;

namespace QuikApp.Actors.Tests.Storage;

/// <summary>SQLite files in a directory of their own.</summary>
public sealed class SqliteTestDatabase : ITestDatabase
{
    private readonly TempDirectory _directory = new();

    private SqliteOptions Options => new() { DataDirectory = _directory.Path };

    public Task PrepareAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync()
    {
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    StorageNode ITestDatabase.StartNode() => StorageNode.Start(_directory.Path);

    OpenStore<SqlKeyStore> ITestDatabase.OpenKeys(KeyEncryptionKey wrapping)
    {
        var database = SqliteDatabase.OpenKeys(Options);
        try
        {
            return new(Store(), database.Source, Store, database);
        }
        catch
        {
            database.Dispose();
            throw;
        }

        SqlKeyStore Store() => new SqliteKeyStore(database, wrapping, Options, TimeProvider.System);
    }

    OpenStore<SqlRevocationStore> ITestDatabase.OpenRevocations()
    {
        var database = SqliteDatabase.OpenJournal(Options);
        return new(Store(), database.Source, Store, database);

        SqlRevocationStore Store() => new SqliteRevocationStore(database, Options);
    }
}
