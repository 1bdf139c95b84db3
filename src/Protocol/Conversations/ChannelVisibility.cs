namespace QuikApp.Protocol.Conversations;

/// <summary>Who may join a channel without being one of its members.</summary>
public enum ChannelVisibility
{
    /// <summary>Every member of the channel's workspace.</summary>
    Public,

    /// <summary>Members of the channel alone.</summary>
    Private,

    /// <summary>The two members alone, for ever: nobody is added or removed.</summary>
    Direct,
}
