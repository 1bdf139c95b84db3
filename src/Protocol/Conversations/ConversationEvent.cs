using System.Collections.Immutable;
using QuikApp.Protocol.Identity;

namespace QuikApp.Protocol.Conversations;

/// <summary>
/// What can happen in a conversation: the closed set of facts that its stream journals. Who did it, when, and under which
/// number stands in <see cref="NumberedEvent"/>.
/// </summary>
public abstract record ConversationEvent
{
    private ConversationEvent()
    {
    }

    /// <summary>The message concerned, where there is one.</summary>
    public virtual MessageId? Message => null;

    /// <summary>The member concerned, in membership events.</summary>
    public virtual UserId? Member => null;

    /// <summary>The channel exists from here on. Always the first event of its stream.</summary>
    public sealed record ChannelCreated(ChannelId Channel, WorkspaceId Workspace, string Name, ChannelVisibility Visibility) : ConversationEvent;

    /// <summary>A user may see and write from here on.</summary>
    public sealed record MemberAdded(UserId User) : ConversationEvent
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

    /// <summary>A message was sent.</summary>
    /// <param name="Id">Made by the server.</param>
    /// <param name="Content">The text, 1 to 16,384 bytes of UTF-8 (empty only with an attachment).</param>
    /// <param name="Attachments">Files, in the sender's order.</param>
    /// <param name="Mentions">Users mentioned, each once, in the sender's order.</param>
    /// <param name="Thread">The thread whose stream this is; null in a channel.</param>
    /// <param name="ClientId">The sender's idempotency key, where one was given.</param>
    public sealed record MessageCreated(
        MessageId Id,
        string Content,
        ImmutableArray<Attachment> Attachments,
        ImmutableArray<UserId> Mentions,
        ThreadId? Thread,
        string? ClientId) : ConversationEvent
    {
        /// <inheritdoc/>
        public override MessageId? Message => Id;
    }

    /// <summary>The author replaced a message's text.</summary>
    public sealed record MessageEdited(MessageId Id, string Content, ImmutableArray<UserId> Mentions) : ConversationEvent
    {
        /// <inheritdoc/>
        public override MessageId? Message => Id;
    }

    /// <summary>The author or a moderator deleted a message. Its earlier events stay in the journal.</summary>
    public sealed record MessageDeleted(MessageId Id) : ConversationEvent
    {
        /// <inheritdoc/>
        public override MessageId? Message => Id;
    }

    /// <summary>A user reacted to a message.</summary>
    /// <param name="Id">The message.</param>
    /// <param name="Emoji">Canonical key of one emoji, or a shortcode name.</param>
    public sealed record ReactionAdded(MessageId Id, string Emoji) : ConversationEvent
    {
        /// <inheritdoc/>
        public override MessageId? Message => Id;
    }

    /// <summary>A user took a reaction back.</summary>
    /// <param name="Id">The message.</param>
    /// <param name="Emoji">Canonical key of one emoji, or a shortcode name.</param>
    public sealed record ReactionRemoved(MessageId Id, string Emoji) : ConversationEvent
    {
        /// <inheritdoc/>
        public override MessageId? Message => Id;
    }
}
