using QuikApp.Protocol.Identity;

namespace QuikApp.Protocol.Conversations;

/// <content>Workspaces.</content>
public abstract partial record ConversationEvent
{
    /// <summary>The workspace exists from here on. Always the first event of its stream.</summary>
    public sealed record WorkspaceCreated(WorkspaceId Workspace, string Name) : ConversationEvent;

    /// <summary>The workspace has another name.</summary>
    public sealed record WorkspaceRenamed(string Name) : ConversationEvent;

    /// <summary>The workspace takes no changes any more.</summary>
    public sealed record WorkspaceArchived : ConversationEvent;

    /// <summary>The workspace takes changes again.</summary>
    public sealed record WorkspaceRestored : ConversationEvent;

    /// <summary>An administrator told everybody something.</summary>
    /// <param name="Content">The text, 1 to 16,384 bytes of UTF-8.</param>
    public sealed record AnnouncementMade(string Content) : ConversationEvent;
}
