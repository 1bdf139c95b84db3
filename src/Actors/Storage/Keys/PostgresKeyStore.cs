using QuikApp.Actors.Storage.Postgres;

namespace QuikApp.Actors.Storage.Keys;

/// <summary>The key store on PostgreSQL, which the nodes of a cluster share.</summary>
internal sealed class PostgresKeyStore(PostgresDatabase database, KeyEncryptionKey wrapping, PostgresOptions options, TimeProvider time)
    : SqlKeyStore(database.Keys, options.KeyThreads, options.ReadQueueLength, wrapping, time);
