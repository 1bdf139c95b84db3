namespace QuikApp.Actors.Storage.Conversations;

/// <summary>An idempotency key that was used.</summary>
/// <param name="Seq">The event it made.</param>
/// <param name="Fingerprint">The digest of the request it stood for.</param>
internal readonly record struct StoredKey(long Seq, byte[] Fingerprint);
