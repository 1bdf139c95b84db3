using System.Collections.Immutable;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Protocol.Payloads;

/// <summary>A message as it stands after some of its stream's events: a pure fold, from its <c>MessageCreated</c> on.</summary>
/// <remarks>
/// Events of other messages, and events that are already in, change nothing. A deleted message keeps neither text nor
/// attachments, mentions and reactions, and nothing brings them back.
/// </remarks>
public sealed partial record MessageView
{
    private MessageView()
    {
    }

    /// <summary>The stream.</summary>
    public required StreamId Stream { get; init; }

    /// <summary>The message.</summary>
    public required MessageId Id { get; init; }

    /// <summary>The number of its creation.</summary>
    public required long Seq { get; init; }

    /// <summary>The author.</summary>
    public required UserId User { get; init; }

    /// <summary>The text; empty once deleted.</summary>
    public required string Content { get; init; }

    /// <summary>Files, in the author's order.</summary>
    public required ImmutableArray<Attachment> Attachments { get; init; }

    /// <summary>Users mentioned, in the author's order.</summary>
    public required ImmutableArray<UserId> Mentions { get; init; }

    /// <summary>Users whom any version of the text mentioned: who was told of it must hear that it is gone.</summary>
    public ImmutableHashSet<UserId> EverMentioned { get; init; } = [];

    /// <summary>The thread whose stream this is; null in a channel.</summary>
    public ThreadId? Thread { get; init; }

    /// <summary>The author's idempotency key, where one was given.</summary>
    public string? ClientId { get; init; }

    /// <summary>When it was sent.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its text was last replaced.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>When it was deleted.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Reactions, in the order in which each emoji came first.</summary>
    public ImmutableArray<ReactionTally> Reactions { get; init; } = [];

    /// <summary>The thread of replies to it, once there is one.</summary>
    public ThreadSummary? Replies { get; init; }

    /// <summary>The number of the last event that concerned it.</summary>
    public required long LastSeq { get; init; }

    /// <summary>The message as it was sent.</summary>
    /// <exception cref="ArgumentException"><paramref name="numbered"/> is not a <c>MessageCreated</c>.</exception>
    public static MessageView Create(NumberedEvent numbered)
    {
        ArgumentNullException.ThrowIfNull(numbered);
        if (numbered.Event is not ConversationEvent.MessageCreated created)
            throw new ArgumentException("a message begins with its creation", nameof(numbered));

        return new MessageView
        {
            Stream = numbered.Stream,
            Id = created.Id,
            Seq = numbered.Seq,
            User = numbered.By,
            Content = created.Content,
            Attachments = created.Attachments,
            Mentions = created.Mentions,
            EverMentioned = [.. created.Mentions],
            Thread = created.Thread,
            ClientId = created.ClientId,
            CreatedAt = numbered.Time,
            LastSeq = numbered.Seq,
        };
    }

    /// <summary>The message after one more event.</summary>
    public MessageView Apply(NumberedEvent numbered)
    {
        ArgumentNullException.ThrowIfNull(numbered);
        if (numbered.Event.Message != Id || numbered.Stream != Stream || numbered.Seq <= LastSeq)
            return this;

        var next = this with { LastSeq = numbered.Seq };
        return numbered.Event switch
        {
            // Replies outlive what they reply to.
            ConversationEvent.ThreadOpened opened => next with { Replies = ThreadSummary.Of(opened) },
            ConversationEvent.ThreadUpdated updated => next with { Replies = ThreadSummary.Of(updated) },
            _ when DeletedAt is not null => next,
            ConversationEvent.MessageEdited edited => next with
            {
                Content = edited.Content,
                Mentions = edited.Mentions,
                EverMentioned = EverMentioned.Union(edited.Mentions),
                EditedAt = numbered.Time,
            },
            ConversationEvent.MessageDeleted => next with { Content = "", Attachments = [], Mentions = [], EverMentioned = [], Reactions = [], DeletedAt = numbered.Time },
            ConversationEvent.ReactionAdded added => next with { Reactions = Added(added.Emoji, numbered.By) },
            ConversationEvent.ReactionRemoved removed => next with { Reactions = Removed(removed.Emoji, numbered.By) },
            _ => next,
        };
    }

    private ImmutableArray<ReactionTally> Added(string emoji, UserId user)
    {
        var at = IndexOf(emoji);
        if (at < 0)
            return Reactions.Add(new ReactionTally(emoji, [user]));

        var users = Reactions[at].Users;
        return users.Contains(user) ? Reactions : Reactions.SetItem(at, new ReactionTally(emoji, users.Add(user)));
    }

    private ImmutableArray<ReactionTally> Removed(string emoji, UserId user)
    {
        var at = IndexOf(emoji);
        if (at < 0)
            return Reactions;

        var users = Reactions[at].Users.Remove(user);
        return users.IsEmpty ? Reactions.RemoveAt(at) : Reactions.SetItem(at, new ReactionTally(emoji, users));
    }

    private int IndexOf(string emoji)
    {
        for (var i = 0; i < Reactions.Length; i++)
        {
            if (Reactions[i].Emoji == emoji)
                return i;
        }

        return -1;
    }
}
