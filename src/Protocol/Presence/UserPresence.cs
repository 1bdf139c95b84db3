using QuikApp.Protocol.Identity;

namespace QuikApp.Protocol.Presence;

/// <summary>One user online in one workspace, over all nodes.</summary>
/// <param name="User">Who.</param>
/// <param name="Status">How they want to be seen.</param>
/// <param name="StatusText">What they say beside it.</param>
/// <param name="Devices">On what; never empty.</param>
/// <param name="Since">When the first of the sockets connected that are there now.</param>
public sealed record UserPresence(UserId User, PresenceStatus Status, string? StatusText, Devices Devices, DateTimeOffset Since)
{
    /// <summary>What somebody else may see of it, or the user: to others an invisible user is not there.</summary>
    /// <param name="viewer">Who looks.</param>
    public UserPresence? SeenBy(UserId viewer) => Status is PresenceStatus.Invisible && viewer != User ? null : this;

    /// <summary>Whether a client would be shown the same, whatever the time since when.</summary>
    public bool LooksLike(UserPresence other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return User == other.User && Status == other.Status && StatusText == other.StatusText && Devices == other.Devices;
    }
}
