namespace QuikApp.Protocol.Conversations;

/// <summary>How a user wants to be seen.</summary>
public enum UserStatus
{
    /// <summary>Available.</summary>
    Online,

    /// <summary>Not at the device.</summary>
    Away,

    /// <summary>Not to be disturbed.</summary>
    Dnd,

    /// <summary>Seen by others as offline.</summary>
    Invisible,
}
