using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Conversations;

/// <summary>What an acknowledged command is told.</summary>
/// <param name="Seq">Number of the event that made it so.</param>
/// <param name="At">Time of that event, microseconds since the epoch.</param>
/// <param name="Message">The message sent, for a send.</param>
/// <param name="Thread">The thread, for opening one.</param>
/// <param name="Call">The call, for beginning one.</param>
/// <param name="Unread">Messages left to read, for a mark.</param>
/// <param name="Mentions">Mentions left to read, for a mark.</param>
internal sealed record Receipt(
    long Seq, long At, MessageId? Message = null, ThreadId? Thread = null, CallId? Call = null, long Unread = 0, long Mentions = 0)
{
    /// <summary><see cref="At"/> as a moment.</summary>
    public DateTimeOffset Time => DateTimeOffset.UnixEpoch.AddMicroseconds(At);
}
