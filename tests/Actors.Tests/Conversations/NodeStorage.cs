using System.Security.Cryptography;
using QuikApp.Actors.Storage.Conversations;
using QuikApp.Actors.Storage.Journal;
using QuikApp.Actors.Storage.Keys;
using QuikApp.Actors.Storage.Sqlite;

namespace QuikApp.Actors.Tests.Conversations;

/// <summary>Journal and keys in real files; one of them can serve several nodes of this process, as a database server does.</summary>
internal sealed class NodeStorage : IDisposable
{
    private readonly SqliteDatabase _keyDatabase;
    private readonly KeyEncryptionKey _wrapping;

    public NodeStorage(SqliteOptions options)
    {
        Options = options;
        Database = SqliteDatabase.OpenJournal(options);
        _keyDatabase = SqliteDatabase.OpenKeys(options);
        _wrapping = new KeyEncryptionKey(SHA256.HashData("the key of these tests"u8));
        Keys = new SqliteKeyStore(_keyDatabase, _wrapping, options, TimeProvider.System);
        Store = new SqliteConversationStore(Database, options);
    }

    public SqliteOptions Options { get; }

    public SqliteDatabase Database { get; }

    public SqliteKeyStore Keys { get; }

    public SqliteConversationStore Store { get; }

    public IWriterFence? Fence { get; init; }

    public void Dispose()
    {
        Store.Dispose();
        Keys.Dispose();
        Database.Dispose();
        _keyDatabase.Dispose();
        _wrapping.Dispose();
    }
}
