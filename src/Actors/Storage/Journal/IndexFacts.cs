namespace QuikApp.Actors.Storage.Journal;

/// <summary>What the read model must find an event by; written in the transaction that writes the event.</summary>
/// <param name="MessageId">The message the event concerns.</param>
/// <param name="MessageSeq">The number of the event that created that message: the event's own for the creation, an earlier one for an edit, a deletion or a reaction.</param>
/// <param name="IdempotencyKey">The client's key, or a digest of it, unique in the stream.</param>
/// <param name="Fingerprint">A digest of the request the key stands for; needed with a key.</param>
internal sealed record IndexFacts(string? MessageId = null, long? MessageSeq = null, byte[]? IdempotencyKey = null, byte[]? Fingerprint = null);
