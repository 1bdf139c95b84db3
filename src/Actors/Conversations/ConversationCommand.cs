using System.Collections.Immutable;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Conversations;

/// <summary>What can be asked of a conversation. The answer is a <see cref="Decision"/>.</summary>
/// <param name="By">Who asks.</param>
internal abstract record ConversationCommand(Requester By)
{
    /// <summary>The message the decision depends on, which must be looked up first; null when there is none.</summary>
    public virtual MessageId? Concerns => null;

    /// <summary>Makes the channel exist.</summary>
    public sealed record Create(Requester By, ChannelId Channel, WorkspaceId Workspace, string Name, ChannelVisibility Visibility)
        : ConversationCommand(By);

    /// <summary>Makes a user a member.</summary>
    public sealed record AddMember(Requester By, UserId User) : ConversationCommand(By);

    /// <summary>Ends a user's membership; a user may always end their own.</summary>
    public sealed record RemoveMember(Requester By, UserId User) : ConversationCommand(By);

    /// <summary>Sends a message.</summary>
    /// <param name="By">The author.</param>
    /// <param name="Id">The number-independent id that the message gets if it is accepted.</param>
    /// <param name="Content">The text.</param>
    /// <param name="Attachments">Descriptions of files.</param>
    /// <param name="Mentions">Users mentioned.</param>
    /// <param name="ClientId">Idempotency key for the life of the conversation; null for none.</param>
    public sealed record Send(
        Requester By,
        MessageId Id,
        string Content,
        ImmutableArray<Attachment> Attachments,
        ImmutableArray<UserId> Mentions,
        string? ClientId) : ConversationCommand(By);

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
}
