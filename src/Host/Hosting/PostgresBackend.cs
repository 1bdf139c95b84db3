using Akka.Hosting;
using QuikApp.Actors.Storage;
using QuikApp.Actors.Storage.Conversations;
using QuikApp.Actors.Storage.Keys;
using QuikApp.Actors.Storage.Postgres;
using QuikApp.Actors.Storage.Revocations;

namespace QuikApp.Host.Hosting;

/// <summary>A PostgreSQL that the nodes of a cluster share.</summary>
internal sealed partial class PostgresBackend : IStorageBackend
{
    private readonly PostgresOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<PostgresBackend> _log;
    private readonly Lazy<PostgresDatabase> _database;

    /// <param name="options">How it is reached.</param>
    /// <param name="migrates">Whether missing or older tables are made at start: a newcomer's server has no operator.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Where a weakness of the server is told.</param>
    public PostgresBackend(PostgresOptions options, bool migrates, TimeProvider time, ILogger<PostgresBackend> log)
    {
        _options = options;
        _time = time;
        _log = log;
        _database = new(() => Open(migrates));
    }

    /// <inheritdoc/>
    public SqlConversationStore Conversations() => new PostgresConversationStore(_database.Value, _options);

    /// <inheritdoc/>
    public SqlRevocationStore Revocations() => new PostgresRevocationStore(_database.Value, _options);

    /// <inheritdoc/>
    public SqlKeyStore Keys(KeyEncryptionKey wrapping) => new PostgresKeyStore(_database.Value, wrapping, _options, _time);

    /// <inheritdoc/>
    public void AddPersistence(AkkaConfigurationBuilder akka, StorageMetrics metrics) => akka.WithSqlPersistence(_database.Value, _options, _time, metrics);

    /// <inheritdoc/>
    public string Migrate()
    {
        PostgresMigration.Run(_options);
        return $"PostgreSQL's tables are up to date: journal {PostgresSchema.Schema.Steps.Count}, keys {PostgresKeySchema.Schema.Steps.Count}.";
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_database.IsValueCreated)
            _database.Value.Dispose();
    }

    private PostgresDatabase Open(bool migrates)
    {
        if (migrates && PostgresMigration.IsNeeded(_options))
            PostgresMigration.Run(_options);
        var database = PostgresDatabase.Open(_options);
        if (!database.HasChecksums)
            LogNoChecksums();
        return database;
    }

    [LoggerMessage(EventId = 2401, Level = LogLevel.Warning, Message = "PostgreSQL has no data checksums: damage on its disk may go unnoticed; see pg_checksums")]
    private partial void LogNoChecksums();
}
