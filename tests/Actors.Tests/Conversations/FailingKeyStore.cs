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

    /// <summary>For which streams no key can be had, so that nothing is written there.</summary>
    public Func<StreamId, bool> FailsFor { get; set; } = _ => false;

    /// <summary>Calls that failed.</summary>
    public Recording<string> Failures { get; } = new();

    public ReadOnlyMemory<byte> IndexKey => store.IndexKey;

    public ValueTask<ContentKey> GetOrCreate(UserId author, StreamId stream, DateTimeOffset at, CancellationToken cancel = default) =>
        _fails || FailsFor(stream) ? Failed<ContentKey>(nameof(GetOrCreate)) : store.GetOrCreate(author, stream, at, cancel);

    public ValueTask<ContentKey?> Find(string kid, CancellationToken cancel = default) =>
        _fails ? Failed<ContentKey?>(nameof(Find)) : store.Find(kid, cancel);

    public ValueTask<IReadOnlyDictionary<string, ContentKey>> Find(IEnumerable<string> kids, CancellationToken cancel = default) =>
        _fails ? Failed<IReadOnlyDictionary<string, ContentKey>>(nameof(Find)) : store.Find(kids, cancel);

    public ValueTask<string> Pseudonym(UserId subject, CancellationToken cancel = default) =>
        _fails ? Failed<string>(nameof(Pseudonym)) : store.Pseudonym(subject, cancel);

    private ValueTask<T> Failed<T>(string call)
    {
        Failures.Add(call);
        return ValueTask.FromException<T>(new StorageBusyException("as the test wishes"));
    }
}
