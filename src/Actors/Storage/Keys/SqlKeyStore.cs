using System.Data.Common;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Journal;

namespace QuikApp.Actors.Storage.Keys;

/// <summary>The key store on a database of its own: few connections, and caches that make it rarely needed.</summary>
internal abstract class SqlKeyStore : IKeyStore, IDisposable
{
    private const int CachedKeys = 65_536;
    private const int CachedPseudonyms = 65_536;
    private const string IndexPurpose = "index";

    private readonly BoundedCache<ContentKeyOwner, ContentKey> _byOwner = new(CachedKeys);
    private readonly BoundedCache<string, ContentKey> _byKid = new(CachedKeys);
    private readonly BoundedCache<UserId, string> _pseudonyms = new(CachedPseudonyms);
    private readonly KeyQueries _queries;
    private readonly ConnectionThreads _threads;

    /// <summary>Opens the store and checks the key-encryption key. The database and the key stay the caller's to dispose.</summary>
    /// <param name="source">The database of the keys, its tables up to date.</param>
    /// <param name="threads">How many calls run at once, each on a connection of its own.</param>
    /// <param name="queue">Calls that may wait.</param>
    /// <param name="wrapping">Wraps what is stored.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="StorageRefusedException">The key is not the one the store was made with.</exception>
    protected SqlKeyStore(DbDataSource source, int threads, int queue, KeyEncryptionKey wrapping, TimeProvider time)
    {
        _queries = new KeyQueries(wrapping, time);
        using (var connection = new PreparedConnection(source.OpenConnection()))
            IndexKey = _queries.ForPurpose(connection, IndexPurpose);
        _threads = new ConnectionThreads(source, "key-store", threads, queue);
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> IndexKey { get; }

    /// <inheritdoc/>
    public ValueTask<ContentKey> GetOrCreate(UserId author, StreamId stream, DateTimeOffset at, CancellationToken cancel = default)
    {
        var owner = ContentKeyOwner.At(author, stream, at);
        return _byOwner.TryGet(owner, out var known) ? new(known) : new(_threads.Run(Make, cancel));

        ContentKey Make(PreparedConnection connection)
        {
            var key = _queries.GetOrCreate(connection, owner);
            _byOwner.Set(owner, key);
            _byKid.Set(key.Kid, key);
            return key;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ContentKey?> Find(string kid, CancellationToken cancel = default)
    {
        if (_byKid.TryGet(kid, out var known))
            return known;
        return (await Find([kid], cancel)).GetValueOrDefault(kid);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyDictionary<string, ContentKey>> Find(IEnumerable<string> kids, CancellationToken cancel = default)
    {
        var found = new Dictionary<string, ContentKey>(StringComparer.Ordinal);
        var missing = new HashSet<string>(StringComparer.Ordinal);
        foreach (var kid in kids)
        {
            if (_byKid.TryGet(kid, out var known))
                found[kid] = known;
            else
                missing.Add(kid);
        }
        if (missing.Count == 0)
            return found;
        foreach (var (kid, key) in await _threads.Run(connection => _queries.Find(connection, missing), cancel))
        {
            _byKid.Set(kid, key);
            found[kid] = key;
        }
        return found;
    }

    /// <inheritdoc/>
    public ValueTask<string> Pseudonym(UserId subject, CancellationToken cancel = default)
    {
        return _pseudonyms.TryGet(subject, out var known) ? new(known) : new(_threads.Run(Make, cancel));

        string Make(PreparedConnection connection)
        {
            var pseudonym = KeyQueries.Pseudonym(connection, subject);
            _pseudonyms.Set(subject, pseudonym);
            return pseudonym;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _threads.Dispose();
}
