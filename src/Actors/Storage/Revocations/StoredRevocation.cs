namespace QuikApp.Actors.Storage.Revocations;

/// <summary>An entry of the table.</summary>
/// <param name="Id">Rises with each entry; one with a smaller id may become visible later.</param>
/// <param name="Kind">What it ends.</param>
/// <param name="Subject">Keyed hash of the user, 32 bytes: the table names nobody.</param>
/// <param name="Before">Microseconds since the epoch: tokens made before are ended.</param>
internal sealed record StoredRevocation(long Id, RevocationKind Kind, byte[] Subject, long Before);
