using QuikApp.Actors.Storage.Sqlite;

namespace QuikApp.Actors.Storage.Keys;

/// <summary>The key store on a SQLite database of its own, on one thread.</summary>
internal sealed class SqliteKeyStore(SqliteDatabase keys, KeyEncryptionKey wrapping, SqliteOptions options, TimeProvider time)
    : SqlKeyStore(keys.Source, threads: 1, options.ReadQueueLength, wrapping, time);
