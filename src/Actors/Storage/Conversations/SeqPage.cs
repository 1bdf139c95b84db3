namespace QuikApp.Actors.Storage.Conversations;

/// <summary>A part of an answer.</summary>
/// <param name="Seqs">Numbers of the events that created the messages, rising.</param>
/// <param name="More">Whether there are more in the direction of the question.</param>
internal sealed record SeqPage(IReadOnlyList<long> Seqs, bool More);
