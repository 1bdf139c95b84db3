using System.Collections.Immutable;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Conversations;

/// <content>Messages of channels and threads.</content>
internal abstract partial record ConversationCommand
{
    /// <summary>Sends a message.</summary>
    /// <param name="By">The author.</param>
    /// <param name="Id">The number-independent id that the message gets if it is accepted.</param>
    /// <param name="Content">The text.</param>
    /// <param name="Attachments">Descriptions of files.</param>
    /// <param name="Mentions">Users mentioned.</param>
    /// <param name="ClientId">Idempotency key for the life of the conversation; null for none.</param>
    /// <param name="Within">For a thread: the channel that it must belong to; null where the thread itself was joined.</param>
    public sealed record Send(
        Requester By,
        MessageId Id,
        string Content,
        ImmutableArray<Attachment> Attachments,
        ImmutableArray<UserId> Mentions,
        string? ClientId,
        ChannelId? Within = null) : ConversationCommand(By)
    {
        // A user id cannot hold a line feed, so the pair is unambiguous.
        public override string? Key => ClientId is null ? null : $"{By.User.Value}\n{ClientId}";
    }

    /// <summary>Replaces the text of one's own message.</summary>
    /// <param name="By">Who asks.</param>
    /// <param name="Id">The message.</param>
    /// <param name="Content">The new text.</param>
    /// <param name="Mentions">The new mentions; null keeps those there are.</param>
    public sealed record Edit(Requester By, MessageId Id, string Content, ImmutableArray<UserId>? Mentions) : ConversationCommand(By)
    {
        public override MessageId? Concerns => Id;
    }

    /// <summary>Deletes one's own message, or any as a moderator.</summary>
    public sealed record Delete(Requester By, MessageId Id) : ConversationCommand(By)
    {
        public override MessageId? Concerns => Id;

        public override bool IsIdempotent => true;
    }

    /// <summary>Adds a reaction or takes one's own back.</summary>
    /// <param name="By">Who reacts.</param>
    /// <param name="Id">The message.</param>
    /// <param name="Emoji">Canonical key.</param>
    /// <param name="Add">True adds, false removes.</param>
    public sealed record React(Requester By, MessageId Id, string Emoji, bool Add) : ConversationCommand(By)
    {
        public override MessageId? Concerns => Id;
    }

    /// <summary>Gives a channel's message a thread.</summary>
    /// <param name="By">Who asks.</param>
    /// <param name="Id">The message.</param>
    /// <param name="Thread">The id that the thread gets if there is none yet.</param>
    public sealed record OpenThread(Requester By, MessageId Id, ThreadId Thread) : ConversationCommand(By)
    {
        public override MessageId? Concerns => Id;

        public override bool AwaitsRelays => true;
    }
}
