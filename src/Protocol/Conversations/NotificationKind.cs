namespace QuikApp.Protocol.Conversations;

/// <summary>Why something that was written concerns a user.</summary>
public enum NotificationKind
{
    /// <summary>The message mentions them.</summary>
    Mention,

    /// <summary>It was sent in a direct channel of theirs.</summary>
    Direct,

    /// <summary>It replies to a message of theirs, in its thread.</summary>
    Reply,
}
