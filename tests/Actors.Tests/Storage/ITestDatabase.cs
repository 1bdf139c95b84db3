using QuikApp.Actors.Storage.Keys;
using QuikApp.Actors.Storage.Revocations;

namespace QuikApp.Actors.Tests.Storage;

/// <summary>A database of one test, of a kind that the product supports. What is opened twice has the same data.</summary>
public interface ITestDatabase : IAsyncDisposable
{
    /// <summary>Makes it; skips the test where it cannot be made here.</summary>
    Task PrepareAsync();

    internal StorageNode StartNode();

    internal OpenStore<SqlKeyStore> OpenKeys(KeyEncryptionKey wrapping);

    internal OpenStore<SqlRevocationStore> OpenRevocations();
}
