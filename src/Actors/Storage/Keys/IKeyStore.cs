using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Journal;

namespace QuikApp.Actors.Storage.Keys;

/// <summary>
/// The keys of what is journaled, and the names under which people appear in it. What a call returns is durable: a record
/// that uses it may be written. No call blocks its caller.
/// </summary>
/// <remarks>Every method fails with <see cref="StorageBusyException"/> when too many calls wait, and with the driver's error when the database fails.</remarks>
internal interface IKeyStore
{
    /// <summary>The key of what <paramref name="author"/> writes into <paramref name="stream"/> in the UTC month of <paramref name="at"/>; made at the first call.</summary>
    ValueTask<ContentKey> GetOrCreate(UserId author, StreamId stream, DateTimeOffset at, CancellationToken cancel = default);

    /// <summary>The key of that name; null when it was destroyed or never was.</summary>
    ValueTask<ContentKey?> Find(string kid, CancellationToken cancel = default);

    /// <summary>The keys of those names; one that was destroyed or never was is left out.</summary>
    ValueTask<IReadOnlyDictionary<string, ContentKey>> Find(IEnumerable<string> kids, CancellationToken cancel = default);

    /// <summary>The pseudonym of <paramref name="subject"/>, <c>u_</c> and 26 random Crockford characters; made at the first call.</summary>
    ValueTask<string> Pseudonym(UserId subject, CancellationToken cancel = default);

    /// <summary>The 32-byte key of the HMACs under which indexes hold what must not be read there.</summary>
    ReadOnlyMemory<byte> IndexKey { get; }
}
