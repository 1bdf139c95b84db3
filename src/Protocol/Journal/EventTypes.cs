using System.Collections.Frozen;
using QuikApp.Protocol.Conversations;

namespace QuikApp.Protocol.Journal;

/// <summary>The names under which events are journaled. A change of an event's fields is a new name with the next version, never a change of meaning.</summary>
public static class EventTypes
{
    /// <summary><see cref="ConversationEvent.ChannelCreated"/>.</summary>
    public const string ChannelCreated = "channel.created.v1";

    /// <summary><see cref="ConversationEvent.ChannelRenamed"/>.</summary>
    public const string ChannelRenamed = "channel.renamed.v1";

    /// <summary><see cref="ConversationEvent.ChannelArchived"/>.</summary>
    public const string ChannelArchived = "channel.archived.v1";

    /// <summary><see cref="ConversationEvent.ChannelRestored"/>.</summary>
    public const string ChannelRestored = "channel.restored.v1";

    /// <summary><see cref="ConversationEvent.MemberAdded"/>.</summary>
    public const string MemberAdded = "member.added.v1";

    /// <summary><see cref="ConversationEvent.MemberChanged"/>.</summary>
    public const string MemberChanged = "member.changed.v1";

    /// <summary><see cref="ConversationEvent.MemberRemoved"/>.</summary>
    public const string MemberRemoved = "member.removed.v1";

    /// <summary><see cref="ConversationEvent.MessageCreated"/>.</summary>
    public const string MessageCreated = "message.created.v1";

    /// <summary><see cref="ConversationEvent.MessageEdited"/>.</summary>
    public const string MessageEdited = "message.edited.v1";

    /// <summary><see cref="ConversationEvent.MessageDeleted"/>.</summary>
    public const string MessageDeleted = "message.deleted.v1";

    /// <summary><see cref="ConversationEvent.ReactionAdded"/>.</summary>
    public const string ReactionAdded = "reaction.added.v1";

    /// <summary><see cref="ConversationEvent.ReactionRemoved"/>.</summary>
    public const string ReactionRemoved = "reaction.removed.v1";

    /// <summary><see cref="ConversationEvent.ThreadCreated"/>.</summary>
    public const string ThreadCreated = "thread.created.v1";

    /// <summary><see cref="ConversationEvent.ThreadOpened"/>.</summary>
    public const string ThreadOpened = "thread.opened.v1";

    /// <summary><see cref="ConversationEvent.ThreadUpdated"/>.</summary>
    public const string ThreadUpdated = "thread.updated.v1";

    /// <summary><see cref="ConversationEvent.WorkspaceCreated"/>.</summary>
    public const string WorkspaceCreated = "workspace.created.v1";

    /// <summary><see cref="ConversationEvent.WorkspaceRenamed"/>.</summary>
    public const string WorkspaceRenamed = "workspace.renamed.v1";

    /// <summary><see cref="ConversationEvent.WorkspaceArchived"/>.</summary>
    public const string WorkspaceArchived = "workspace.archived.v1";

    /// <summary><see cref="ConversationEvent.WorkspaceRestored"/>.</summary>
    public const string WorkspaceRestored = "workspace.restored.v1";

    /// <summary><see cref="ConversationEvent.AnnouncementMade"/>.</summary>
    public const string AnnouncementMade = "announcement.made.v1";

    /// <summary><see cref="ConversationEvent.NotificationCreated"/>.</summary>
    public const string NotificationCreated = "notification.created.v1";

    /// <summary><see cref="ConversationEvent.NotificationWithdrawn"/>.</summary>
    public const string NotificationWithdrawn = "notification.withdrawn.v1";

    /// <summary><see cref="ConversationEvent.ReadMarked"/>.</summary>
    public const string ReadMarked = "read.marked.v1";

    /// <summary><see cref="ConversationEvent.ChannelJoined"/>.</summary>
    public const string ChannelJoined = "channel.joined.v1";

    /// <summary><see cref="ConversationEvent.ChannelLeft"/>.</summary>
    public const string ChannelLeft = "channel.left.v1";

    /// <summary><see cref="ConversationEvent.StatusSet"/>.</summary>
    public const string StatusSet = "status.set.v1";

    /// <summary><see cref="ConversationEvent.AccessRevoked"/>.</summary>
    public const string AccessRevoked = "access.revoked.v1";

    /// <summary><see cref="ConversationEvent.CallRang"/>.</summary>
    public const string CallRang = "call.rang.v1";

    /// <summary><see cref="ConversationEvent.CallAnswered"/>.</summary>
    public const string CallAnswered = "call.answered.v1";

    /// <summary><see cref="ConversationEvent.CallStarted"/>.</summary>
    public const string CallStarted = "call.started.v1";

    /// <summary><see cref="ConversationEvent.CallJoined"/>.</summary>
    public const string CallJoined = "call.joined.v1";

    /// <summary><see cref="ConversationEvent.CallDeclined"/>.</summary>
    public const string CallDeclined = "call.declined.v1";

    /// <summary><see cref="ConversationEvent.CallUnanswered"/>.</summary>
    public const string CallUnanswered = "call.unanswered.v1";

    /// <summary><see cref="ConversationEvent.CallLeft"/>.</summary>
    public const string CallLeft = "call.left.v1";

    /// <summary><see cref="ConversationEvent.CallEnded"/>.</summary>
    public const string CallEnded = "call.ended.v1";

    private static readonly FrozenDictionary<Type, string> Names = new Dictionary<Type, string>
    {
        [typeof(ConversationEvent.ChannelCreated)] = ChannelCreated,
        [typeof(ConversationEvent.ChannelRenamed)] = ChannelRenamed,
        [typeof(ConversationEvent.ChannelArchived)] = ChannelArchived,
        [typeof(ConversationEvent.ChannelRestored)] = ChannelRestored,
        [typeof(ConversationEvent.MemberAdded)] = MemberAdded,
        [typeof(ConversationEvent.MemberChanged)] = MemberChanged,
        [typeof(ConversationEvent.MemberRemoved)] = MemberRemoved,
        [typeof(ConversationEvent.MessageCreated)] = MessageCreated,
        [typeof(ConversationEvent.MessageEdited)] = MessageEdited,
        [typeof(ConversationEvent.MessageDeleted)] = MessageDeleted,
        [typeof(ConversationEvent.ReactionAdded)] = ReactionAdded,
        [typeof(ConversationEvent.ReactionRemoved)] = ReactionRemoved,
        [typeof(ConversationEvent.ThreadCreated)] = ThreadCreated,
        [typeof(ConversationEvent.ThreadOpened)] = ThreadOpened,
        [typeof(ConversationEvent.ThreadUpdated)] = ThreadUpdated,
        [typeof(ConversationEvent.WorkspaceCreated)] = WorkspaceCreated,
        [typeof(ConversationEvent.WorkspaceRenamed)] = WorkspaceRenamed,
        [typeof(ConversationEvent.WorkspaceArchived)] = WorkspaceArchived,
        [typeof(ConversationEvent.WorkspaceRestored)] = WorkspaceRestored,
        [typeof(ConversationEvent.AnnouncementMade)] = AnnouncementMade,
        [typeof(ConversationEvent.NotificationCreated)] = NotificationCreated,
        [typeof(ConversationEvent.NotificationWithdrawn)] = NotificationWithdrawn,
        [typeof(ConversationEvent.ReadMarked)] = ReadMarked,
        [typeof(ConversationEvent.ChannelJoined)] = ChannelJoined,
        [typeof(ConversationEvent.ChannelLeft)] = ChannelLeft,
        [typeof(ConversationEvent.StatusSet)] = StatusSet,
        [typeof(ConversationEvent.AccessRevoked)] = AccessRevoked,
        [typeof(ConversationEvent.CallRang)] = CallRang,
        [typeof(ConversationEvent.CallAnswered)] = CallAnswered,
        [typeof(ConversationEvent.CallStarted)] = CallStarted,
        [typeof(ConversationEvent.CallJoined)] = CallJoined,
        [typeof(ConversationEvent.CallDeclined)] = CallDeclined,
        [typeof(ConversationEvent.CallUnanswered)] = CallUnanswered,
        [typeof(ConversationEvent.CallLeft)] = CallLeft,
        [typeof(ConversationEvent.CallEnded)] = CallEnded,
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> Known = Names.Values.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The name of an event.</summary>
    public static string Of(ConversationEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return Names.TryGetValue(e.GetType(), out var name)
            ? name
            : throw new ArgumentOutOfRangeException(nameof(e), e.GetType().Name, "an event without a journal name");
    }

    /// <summary>Whether <paramref name="text"/> could name an event of this or a later release: <c>noun.verb.v1</c> in lower-case letters.</summary>
    public static bool IsName(ReadOnlySpan<char> text)
    {
        var noun = Letters(text);
        if (noun is 0 || noun == text.Length || text[noun] != '.')
            return false;
        text = text[(noun + 1)..];
        var verb = Letters(text);
        if (verb is 0 || text[verb..] is not ['.', 'v', >= '1' and <= '9', .. var digits] || digits.Length > 2)
            return false;
        return !digits.ContainsAnyExceptInRange('0', '9');

        static int Letters(ReadOnlySpan<char> text)
        {
            var end = text.IndexOfAnyExceptInRange('a', 'z');
            return end < 0 ? text.Length : end;
        }
    }

    /// <summary>Whether the header names a message; null for a name of a later release.</summary>
    internal static bool? ConcernsMessage(string type) => type switch
    {
        MessageCreated or MessageEdited or MessageDeleted or ReactionAdded or ReactionRemoved or ThreadOpened or ThreadUpdated => true,
        _ => Known.Contains(type) ? false : null,
    };

    /// <summary>Whether the header names a member; null for a name of a later release.</summary>
    internal static bool? ConcernsMember(string type) => type switch
    {
        MemberAdded or MemberChanged or MemberRemoved => true,
        _ => Known.Contains(type) ? false : null,
    };
}
