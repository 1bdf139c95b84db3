namespace QuikApp.Protocol.Conversations;

/// <summary>What a call carries.</summary>
public enum CallMedia
{
    /// <summary>Sound.</summary>
    Audio,

    /// <summary>Sound and picture.</summary>
    Video,
}
