namespace QuikApp.Actors.Storage.Revocations;

/// <summary>
/// The table of revocations: appended to, never changed, and read by every node of a cluster, so that none must be told by
/// another. What <see cref="Append"/> returned is durable. No call blocks its caller.
/// </summary>
/// <remarks>Every method fails with <see cref="StorageBusyException"/> when too many calls wait, and with the driver's error when the database fails.</remarks>
internal interface IRevocationStore
{
    /// <summary>
    /// Appends an entry. With a <paramref name="request"/> that was used before nothing is appended, and the entry that it
    /// made is returned, whatever it says.
    /// </summary>
    /// <param name="kind">What it ends.</param>
    /// <param name="subject">Keyed hash of the user.</param>
    /// <param name="before">Microseconds since the epoch.</param>
    /// <param name="request">Keyed hash of an idempotency key, or null.</param>
    /// <param name="cancel">Gives up waiting; the entry may be appended all the same.</param>
    Task<StoredRevocation> Append(RevocationKind kind, byte[] subject, long before, byte[]? request, CancellationToken cancel = default);

    /// <summary>The entries with a greater id that were not made before <paramref name="since"/>, by id.</summary>
    /// <param name="id">0 for all.</param>
    /// <param name="since">Microseconds since the epoch.</param>
    /// <param name="cancel">Gives up waiting.</param>
    Task<IReadOnlyList<StoredRevocation>> After(long id, long since, CancellationToken cancel = default);

    /// <summary>Whether the tokens of this subject were ever revoked, however long ago.</summary>
    Task<bool> WasEver(byte[] subject, CancellationToken cancel = default);
}
