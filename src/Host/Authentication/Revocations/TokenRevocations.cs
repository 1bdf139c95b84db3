using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using QuikApp.Actors.Storage.Keys;
using QuikApp.Actors.Storage.Revocations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Host.Authentication.Revocations;

/// <summary>
/// Takes tokens back, durably and on every node: an entry is in the database before the answer, each node reads the table
/// about twice a second, refuses what it voids and closes what lives by it. A node that cannot read it accepts nothing.
/// </summary>
internal sealed class TokenRevocations : IRevocations
{
    private readonly RevocationTable _table = new();
    private readonly LiveTokens _live = new();
    private readonly IRevocationStore _store;
    private readonly AuthOptions _options;
    private readonly TimeProvider _time;
    private readonly byte[] _key;
    private long _readAt;

    /// <param name="store">The table.</param>
    /// <param name="keys">Gives the key of the hashes, the same on all nodes.</param>
    /// <param name="options">How long tokens live, and how old the last reading may be.</param>
    /// <param name="time">The clock.</param>
    public TokenRevocations(IRevocationStore store, IKeyStore keys, IOptions<AuthOptions> options, TimeProvider time)
    {
        _store = store;
        _options = options.Value;
        _time = time;
        _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, keys.IndexKey.ToArray(), 32, info: "quikapp/revocation/v1"u8.ToArray());
    }

    /// <inheritdoc/>
    public bool IsCurrent => Volatile.Read(ref _readAt) is var at and not 0 && _time.GetElapsedTime(at) <= _options.RevocationsStaleAfter;

    /// <inheritdoc/>
    public ValueTask<bool> IsRevoked(AccessToken token)
    {
        if (IsVoid(token))
            return new(true);
        // One that does not say when it was made may be older than anything that memory keeps.
        return token.IssuedAt is null ? new(_store.WasEver(HashOf(token.UserId))) : new(false);
    }

    /// <summary>Takes up what lives by a token; it is ended at once when the token was taken back meanwhile.</summary>
    public void Track(ILiveToken live)
    {
        _live.Add(live);
        Check(live);
    }

    /// <summary>Forgets what has ended.</summary>
    public void Untrack(ILiveToken live) => _live.Remove(live);

    /// <summary>Looks at one again, whose token has changed.</summary>
    public void Check(ILiveToken live)
    {
        if (IsVoid(live.Token))
            live.End(CloseCode.Unauthorized, "token revoked");
    }

    /// <summary>Makes an entry; durable, and in force on this node, when it returns.</summary>
    /// <param name="kind">What to end.</param>
    /// <param name="user">Whose.</param>
    /// <param name="request">Digest of an idempotency key, or null.</param>
    /// <param name="cancellation">Gives up waiting; the entry may come into force all the same.</param>
    /// <returns>The entry; null when the key was used for something else.</returns>
    public async Task<StoredRevocation?> Add(RevocationKind kind, UserId user, byte[]? request, CancellationToken cancellation)
    {
        var subject = HashOf(user);
        var entry = await _store.Append(kind, subject, Micros(_time.GetUtcNow()), request, cancellation);
        if (entry.Kind != kind || !entry.Subject.AsSpan().SequenceEqual(subject))
            return null;
        Apply([entry]);
        return entry;
    }

    /// <summary>Reads what the table has that is new.</summary>
    public async Task Refresh(CancellationToken cancellation)
    {
        var at = _time.GetTimestamp();
        Apply(await _store.After(_table.ReadAfter, Oldest(), cancellation));
        Volatile.Write(ref _readAt, at);
    }

    // The table first, then what lives: whoever is tracked in between looks at the table itself.
    private void Apply(IReadOnlyList<StoredRevocation> entries)
    {
        var added = _table.Add(entries, Oldest());
        if (added.Count == 0)
            return;

        var disconnected = added.Where(entry => entry.Kind == RevocationKind.Connections).Select(entry => new Subject(entry.Subject)).ToHashSet();
        foreach (var live in _live.All)
        {
            Check(live);
            if (disconnected.Count > 0 && disconnected.Contains(SubjectOf(live.Token.UserId)))
                live.End(CloseCode.GoingAway, "disconnected by an administrator");
        }
    }

    private bool IsVoid(AccessToken token) =>
        _table.Before(SubjectOf(token.UserId)) is var before and not 0 && (token.IssuedAt is not { } issued || Micros(issued) < before);

    private Subject SubjectOf(UserId user) => new(HashOf(user));

    private byte[] HashOf(UserId user) => HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(user.Value));

    private long Oldest() => Micros(_time.GetUtcNow() - _options.MaxLifetime - _options.ClockSkew - _options.ClockSkew);

    private static long Micros(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
