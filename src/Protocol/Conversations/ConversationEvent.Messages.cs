using System.Collections.Immutable;
using QuikApp.Protocol.Identity;

namespace QuikApp.Protocol.Conversations;

/// <content>Messages of channels and threads.</content>
public abstract partial record ConversationEvent
{
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
