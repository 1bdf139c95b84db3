using QuikApp.Protocol.Presence;

namespace QuikApp.Actors.Presence;

/// <summary>What a user said about themselves: a register that the greatest version wins, whatever any clock says.</summary>
/// <param name="Status">How they want to be seen.</param>
/// <param name="Text">What they say beside it.</param>
/// <param name="ExpiresAt">When they are <c>online</c> without a text again; null: not by themselves.</param>
/// <param name="Version">Given by the user's own stream; 1 and more.</param>
internal sealed record UserStatus(PresenceStatus Status, string? Text, DateTimeOffset? ExpiresAt, long Version)
{
    /// <summary>What everybody is who said nothing.</summary>
    public static UserStatus Unset { get; } = new(PresenceStatus.Online, null, null, 0);
}
