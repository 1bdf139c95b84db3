namespace QuikApp.Cluster.History;

/// <summary>One event of the journal, as a reader gets it back when the run is over.</summary>
/// <param name="Room">The topic.</param>
/// <param name="Seq">Its number.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Cid">The message's idempotency key, a call's id, or null.</param>
/// <param name="H">SHA-256 of the body; of what has none, of what it is about.</param>
/// <param name="Code">The step of a call, with its reason at the end.</param>
internal sealed record JournalEntry(string Room, long Seq, EntryKind Kind, string? Cid, string? H, string? Code = null);
