using QuikApp.Protocol.Conversations;

namespace QuikApp.Protocol.Journal;

/// <summary>The names under which events are journaled. A change of an event's fields is a new name with the next version, never a change of meaning.</summary>
public static class EventTypes
{
    /// <summary><see cref="ConversationEvent.ChannelCreated"/>.</summary>
    public const string ChannelCreated = "channel.created.v1";

    /// <summary><see cref="ConversationEvent.MemberAdded"/>.</summary>
    public const string MemberAdded = "member.added.v1";

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

    /// <summary>The name of an event.</summary>
    public static string Of(ConversationEvent e) => e switch
    {
        ConversationEvent.ChannelCreated => ChannelCreated,
        ConversationEvent.MemberAdded => MemberAdded,
        ConversationEvent.MemberRemoved => MemberRemoved,
        ConversationEvent.MessageCreated => MessageCreated,
        ConversationEvent.MessageEdited => MessageEdited,
        ConversationEvent.MessageDeleted => MessageDeleted,
        ConversationEvent.ReactionAdded => ReactionAdded,
        ConversationEvent.ReactionRemoved => ReactionRemoved,
        _ => throw new ArgumentOutOfRangeException(nameof(e), e?.GetType().Name, "an event without a journal name"),
    };

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
        MessageCreated or MessageEdited or MessageDeleted or ReactionAdded or ReactionRemoved => true,
        ChannelCreated or MemberAdded or MemberRemoved => false,
        _ => null,
    };

    /// <summary>Whether the header names a member; null for a name of a later release.</summary>
    internal static bool? ConcernsMember(string type) =>
        ConcernsMessage(type) is null ? null : type is MemberAdded or MemberRemoved;
}
