using QuikApp.Actors.Storage.Keys;
using QuikApp.Actors.Storage.Postgres;
using QuikApp.Actors.Storage.Revocations;
using QuikApp.Tests.Postgres;

namespace QuikApp.Actors.Tests.Storage;

/// <summary>A database of the PostgreSQL that the tests share, with the product's tables.</summary>
public sealed class PostgresTestDatabase : ITestDatabase
{
    private readonly List<PostgresDatabase> _opened = [];

    internal PostgresOptions Options { get; private set; } = null!;

    public async Task PrepareAsync()
    {
        var server = await PostgresServer.Shared();
        Options = new PostgresOptions { ConnectionString = await server.CreateDatabaseAsync() };
        PostgresMigration.Run(Options);
    }

    public ValueTask DisposeAsync()
    {
        foreach (var database in _opened)
            database.Dispose();
        return ValueTask.CompletedTask;
    }

    StorageNode ITestDatabase.StartNode() => StorageNode.Start(Options);

    OpenStore<SqlKeyStore> ITestDatabase.OpenKeys(KeyEncryptionKey wrapping)
    {
        var database = Open();
        return new(Store(database), database.Keys, () => Store(Open()), database);

        SqlKeyStore Store(PostgresDatabase on) => new PostgresKeyStore(on, wrapping, Options, TimeProvider.System);
    }

    OpenStore<SqlRevocationStore> ITestDatabase.OpenRevocations()
    {
        var database = Open();
        return new(Store(database), database.Journal, () => Store(Open()), database);

        SqlRevocationStore Store(PostgresDatabase on) => new PostgresRevocationStore(on, Options);
    }

    private PostgresDatabase Open()
    {
        var database = PostgresDatabase.Open(Options);
        _opened.Add(database);
        return database;
    }
}
