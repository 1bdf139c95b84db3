using QuikApp.Protocol.Identity;

namespace QuikApp.Protocol.Conversations;

/// <content>Channels and who belongs to them. A public channel's workspace journals the first four too: it lists them.</content>
public abstract partial record ConversationEvent
{
    /// <summary>The channel exists from here on. Always the first event of its own stream.</summary>
    public sealed record ChannelCreated(ChannelId Channel, WorkspaceId Workspace, string Name, ChannelVisibility Visibility) : ConversationEvent;

    /// <summary>The channel has another name.</summary>
    public sealed record ChannelRenamed(ChannelId Channel, string Name) : ConversationEvent;

    /// <summary>The channel takes no messages any more; what was written stays readable.</summary>
    public sealed record ChannelArchived(ChannelId Channel) : ConversationEvent;

    /// <summary>The channel takes messages again.</summary>
    public sealed record ChannelRestored(ChannelId Channel) : ConversationEvent;

    /// <summary>A user may see and write from here on.</summary>
    /// <param name="User">The member.</param>
    /// <param name="Role">In a workspace, what they may do there; null in a channel.</param>
    public sealed record MemberAdded(UserId User, Role? Role = null) : ConversationEvent
    {
        /// <inheritdoc/>
        public override UserId? Member => User;
    }

    /// <summary>A member of a workspace has another role.</summary>
    public sealed record MemberChanged(UserId User, Role Role) : ConversationEvent
    {
        /// <inheritdoc/>
        public override UserId? Member => User;
    }

    /// <summary>A user is a member no longer.</summary>
    public sealed record MemberRemoved(UserId User) : ConversationEvent
    {
        /// <inheritdoc/>
        public override UserId? Member => User;
    }
}
