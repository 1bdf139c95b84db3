namespace QuikApp.Protocol.Identity;

/// <summary>What a topic carries: the word before its colon.</summary>
public enum TopicKind
{
    /// <summary><c>user:{userId}</c>: personal notifications.</summary>
    User,

    /// <summary><c>workspace:{workspaceId}</c>: workspace-wide events.</summary>
    Workspace,

    /// <summary><c>channel:{channelId}</c>: messages and typing.</summary>
    Channel,

    /// <summary><c>thread:{threadId}</c>: replies.</summary>
    Thread,

    /// <summary><c>call:{callId}</c>: signalling.</summary>
    Call,

    /// <summary><c>presence:{workspaceId}</c>: who is online.</summary>
    Presence,
}
