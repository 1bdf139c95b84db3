using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Presence;

/// <summary>Knows the status that a user last set. Presence itself keeps it only while the user is online.</summary>
internal interface IStatusSource
{
    /// <summary>
    /// The status of a user whose first socket on this node opened; null when there is none. Safe to call from any thread; a
    /// failure counts as none.
    /// </summary>
    ValueTask<UserStatus?> Of(UserId user);
}
