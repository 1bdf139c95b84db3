using QuikApp.Actors.Storage.Sqlite;

namespace QuikApp.Actors.Storage.Conversations;

/// <summary>Reads the SQLite journal, whose table Akka.Persistence.Sql makes when it first starts; before that no event was ever written.</summary>
internal sealed class SqliteConversationStore(SqliteDatabase journal, SqliteOptions options)
    : SqlConversationStore(journal.Source, options.ReaderThreads, options.ReadQueueLength, SqliteJournal.TableExists);
