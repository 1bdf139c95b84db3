using QuikApp.Actors.Storage.Sqlite;

namespace QuikApp.Actors.Storage.Revocations;

/// <summary>The table of revocations in the SQLite journal.</summary>
/// <exception cref="StorageRefusedException">A newer program has been here.</exception>
internal sealed class SqliteRevocationStore(SqliteDatabase journal, SqliteOptions options) : SqlRevocationStore(Migrated(journal), options.ReadQueueLength)
{
    private static SqliteDataSource Migrated(SqliteDatabase journal)
    {
        using var connection = new PreparedConnection(journal.Source.OpenConnection());
        SchemaVersions.Migrate(connection, SqliteRevocationSchema.Schema);
        return journal.Source;
    }
}
