using QuikApp.Actors.Storage.Postgres;

namespace QuikApp.Actors.Storage.Conversations;

/// <summary>Reads the journal on PostgreSQL.</summary>
internal sealed class PostgresConversationStore(PostgresDatabase database, PostgresOptions options)
    : SqlConversationStore(database.Journal, options.ReaderThreads, options.ReadQueueLength, journalExists: static _ => true);
