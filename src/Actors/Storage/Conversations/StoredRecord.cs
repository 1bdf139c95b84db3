namespace QuikApp.Actors.Storage.Conversations;

/// <summary>A record as the journal holds it.</summary>
/// <param name="Seq">Its number in the stream.</param>
/// <param name="Bytes">Its bytes, untouched.</param>
internal readonly record struct StoredRecord(long Seq, byte[] Bytes);
