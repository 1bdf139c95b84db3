using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Threads;

/// <summary>The last reply of a thread.</summary>
/// <param name="Id">The reply.</param>
/// <param name="By">Its author.</param>
/// <param name="At">When, microseconds since the epoch.</param>
internal sealed record LastReply(MessageId Id, UserId By, long At);
