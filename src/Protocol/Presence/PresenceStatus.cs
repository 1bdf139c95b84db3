namespace QuikApp.Protocol.Presence;

/// <summary>How a user wants to be seen.</summary>
public enum PresenceStatus
{
    /// <summary><c>online</c>: what everybody is who said nothing.</summary>
    Online,

    /// <summary><c>away</c>.</summary>
    Away,

    /// <summary><c>dnd</c>: not to be disturbed.</summary>
    DoNotDisturb,

    /// <summary><c>invisible</c>: to all others as if offline.</summary>
    Invisible,
}
