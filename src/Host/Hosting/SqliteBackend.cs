using Akka.Hosting;
using QuikApp.Actors.Storage;
using QuikApp.Actors.Storage.Conversations;
using QuikApp.Actors.Storage.Keys;
using QuikApp.Actors.Storage.Revocations;
using QuikApp.Actors.Storage.Sqlite;

namespace QuikApp.Host.Hosting;

/// <summary>Two SQLite files of this process.</summary>
internal sealed class SqliteBackend : IStorageBackend
{
    private readonly SqliteOptions _options;
    private readonly TimeProvider _time;
    private readonly Lazy<SqliteDatabase> _journal;
    private readonly Lazy<SqliteDatabase> _keys;

    /// <param name="options">Where they are.</param>
    /// <param name="time">The clock.</param>
    public SqliteBackend(SqliteOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _journal = new(OpenJournal);
        _keys = new(() => SqliteDatabase.OpenKeys(options));
    }

    /// <inheritdoc/>
    public SqlConversationStore Conversations() => new SqliteConversationStore(_journal.Value, _options);

    /// <inheritdoc/>
    public SqlRevocationStore Revocations() => new SqliteRevocationStore(_journal.Value, _options);

    /// <inheritdoc/>
    public SqlKeyStore Keys(KeyEncryptionKey wrapping) => new SqliteKeyStore(_keys.Value, wrapping, _options, _time);

    /// <inheritdoc/>
    public void AddPersistence(AkkaConfigurationBuilder akka, StorageMetrics metrics) => akka.WithSqlPersistence(_journal.Value, _options, _time, metrics);

    /// <inheritdoc/>
    public string Migrate() => "SQLite's tables are brought up to date whenever the server starts; there is nothing to do.";

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_journal.IsValueCreated)
            _journal.Value.Dispose();
        if (_keys.IsValueCreated)
            _keys.Value.Dispose();
    }

    // The keys are made first: a journal without them is one whose keys were lost, and starting would only hide it.
    private SqliteDatabase OpenJournal()
    {
        var keys = Path.Combine(_options.DataDirectory, _options.KeyFile);
        if (File.Exists(Path.Combine(_options.DataDirectory, _options.JournalFile)) && !File.Exists(keys))
            throw new StorageRefusedException($"the journal's key store {keys} is missing: without it nothing in the journal can be read; restore it from the same backup");
        _ = _keys.Value;
        return SqliteDatabase.OpenJournal(_options);
    }
}
