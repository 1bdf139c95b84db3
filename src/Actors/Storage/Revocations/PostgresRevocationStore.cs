using QuikApp.Actors.Storage.Postgres;

namespace QuikApp.Actors.Storage.Revocations;

/// <summary>The table of revocations on PostgreSQL.</summary>
internal sealed class PostgresRevocationStore(PostgresDatabase database, PostgresOptions options) : SqlRevocationStore(database.Journal, options.ReadQueueLength);
