using QuikApp.Protocol.Identity;

namespace QuikApp.Protocol.Conversations;

/// <summary>An event of a stream with its number: what is journaled, delivered, replayed and audited.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Seq">1, 2, 3 … without a gap; the number clients see.</param>
/// <param name="At">Microseconds since 1970-01-01T00:00:00Z, strictly rising within the stream.</param>
/// <param name="By">Who did it.</param>
/// <param name="Event">What happened.</param>
public sealed record NumberedEvent(StreamId Stream, long Seq, long At, UserId By, ConversationEvent Event)
{
    /// <summary><see cref="At"/> as a moment.</summary>
    public DateTimeOffset Time => DateTimeOffset.UnixEpoch.AddMicroseconds(At);
}
