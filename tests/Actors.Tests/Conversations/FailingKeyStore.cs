using QuikApp.Actors.Storage;
using QuikApp.Actors.Storage.Keys;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Journal;

namespace QuikApp.Actors.Tests.Conversations;

/// <summary>A key store that can be told to fail.</summary>
internal sealed class FailingKeyStore(IKeyStore store) : IKeyStore
{
    private volatile bool _fails;

    /// <summary>Whether every call fails.</summary>
    public bool Fails
    {
        get => _fails;
        set => _fails = value;
    }

    public ReadOnlyMemory<byte> IndexKey => store.IndexKey;

    public ValueTask<ContentKey> GetOrCreate(UserId author, StreamId stream, DateTimeOffset at, CancellationToken cancel = default) =>
        _fails ? Failed<ContentKey>() : store.GetOrCreate(author, stream, at, cancel);

    public ValueTask<ContentKey?> Find(string kid, CancellationToken cancel = default) =>
        _fails ? Failed<ContentKey?>() : store.Find(kid, cancel);

    public ValueTask<IReadOnlyDictionary<string, ContentKey>> Find(IEnumerable<string> kids, CancellationToken cancel = default) =>
        _fails ? Failed<IReadOnlyDictionary<string, ContentKey>>() : store.Find(kids, cancel);

    public ValueTask<string> Pseudonym(UserId subject, CancellationToken cancel = default) =>
        _fails ? Failed<string>() : store.Pseudonym(subject, cancel);

    private static ValueTask<T> Failed<T>() => ValueTask.FromException<T>(new StorageBusyException("as the test wishes"));
}
