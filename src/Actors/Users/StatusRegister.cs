using QuikApp.Protocol.Presence;

namespace QuikApp.Actors.Users;

/// <summary>How a user wants to be seen: the last write wins, by its number in the user's stream.</summary>
/// <param name="Status">The status.</param>
/// <param name="Text">A text beside it.</param>
/// <param name="ExpiresAt">When it lapses, microseconds since the epoch; null for never.</param>
/// <param name="Version">Number of the event that set it.</param>
internal sealed record StatusRegister(PresenceStatus Status, string? Text, long? ExpiresAt, long Version);
