using Akka.Hosting;
using QuikApp.Actors.Storage;
using QuikApp.Actors.Storage.Conversations;
using QuikApp.Actors.Storage.Keys;
using QuikApp.Actors.Storage.Revocations;

namespace QuikApp.Host.Hosting;

/// <summary>A kind of database, with everything that the product stores. It opens at the first call, and its stores are the caller's to dispose.</summary>
internal interface IStorageBackend : IDisposable
{
    /// <summary>Reads conversations, and what they owe each other.</summary>
    SqlConversationStore Conversations();

    /// <summary>The table of revocations.</summary>
    SqlRevocationStore Revocations();

    /// <summary>The keys, wrapped by <paramref name="wrapping"/>.</summary>
    SqlKeyStore Keys(KeyEncryptionKey wrapping);

    /// <summary>Sets Akka.Persistence up on it.</summary>
    void AddPersistence(AkkaConfigurationBuilder akka, StorageMetrics metrics);

    /// <summary>Brings the tables up to date and says what was done.</summary>
    string Migrate();
}
