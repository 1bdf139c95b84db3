using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Conversations;

/// <summary>What an acknowledged command is told.</summary>
/// <param name="Seq">Number of the event that made it so.</param>
/// <param name="At">Time of that event, microseconds since the epoch.</param>
/// <param name="Message">The message sent, for a send.</param>
internal sealed record Receipt(long Seq, long At, MessageId? Message = null)
{
    /// <summary><see cref="At"/> as a moment.</summary>
    public DateTimeOffset Time => DateTimeOffset.UnixEpoch.AddMicroseconds(At);
}
