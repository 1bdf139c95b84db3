using Npgsql;

namespace QuikApp.Actors.Storage.Postgres;

/// <summary>The pools of one node, on databases that were checked before the first use.</summary>
internal sealed class PostgresDatabase : IDisposable
{
    private PostgresDatabase(NpgsqlDataSource journal, NpgsqlDataSource keys, bool hasChecksums)
    {
        Journal = journal;
        Keys = keys;
        HasChecksums = hasChecksums;
    }

    /// <summary>Connections to the journal and its read model.</summary>
    public NpgsqlDataSource Journal { get; }

    /// <summary>Connections to the keys.</summary>
    public NpgsqlDataSource Keys { get; }

    /// <summary>Whether damage on the disk would be noticed when it is read.</summary>
    public bool HasChecksums { get; }

    /// <summary>Connects and checks version, settings and tables.</summary>
    /// <exception cref="StorageRefusedException">The database must not be used as it is; the message says why.</exception>
    /// <exception cref="StorageAwayException">It cannot be reached.</exception>
    public static PostgresDatabase Open(PostgresOptions options)
    {
        var journal = PostgresConnections.Pool(options.ConnectionString, PostgresSchema.Name, options.PoolSize, options);
        var keys = PostgresConnections.Pool(options.KeysConnectionString ?? options.ConnectionString, PostgresKeySchema.Name, options.KeyThreads + 1, options);
        try
        {
            var hasChecksums = false;
            PostgresErrors.Translate(() =>
            {
                using (var connection = journal.OpenConnection())
                {
                    PostgresSettings.RequireVersion(connection);
                    PostgresSettings.RequireDurability(connection);
                    PostgresMigration.VerifyJournal(connection);
                    hasChecksums = PostgresSettings.HasChecksums(connection);
                }

                using (var connection = keys.OpenConnection())
                {
                    PostgresSettings.RequireVersion(connection);
                    PostgresSettings.RequireDurability(connection);
                    PostgresMigration.VerifyKeys(connection);
                    hasChecksums &= PostgresSettings.HasChecksums(connection);
                }
            });
            return new PostgresDatabase(journal, keys, hasChecksums);
        }
        catch
        {
            journal.Dispose();
            keys.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Journal.Dispose();
        Keys.Dispose();
    }
}
