using System.Text.Json;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Protocol.Payloads;

/// <summary>Journaled events as clients see them. Members that do not apply are left out; lists are always there.</summary>
public static partial class EventPayload
{
    /// <summary>The event's name on the wire.</summary>
    public static string EventName(ConversationEvent happened) => happened switch
    {
        ConversationEvent.MessageCreated => EventNames.MessageNew,
        ConversationEvent.MessageEdited => EventNames.MessageUpdate,
        ConversationEvent.MessageDeleted => EventNames.MessageDelete,
        ConversationEvent.ReactionAdded or ConversationEvent.ReactionRemoved => EventNames.MessageReaction,
        ConversationEvent.MemberAdded => EventNames.MemberJoined,
        ConversationEvent.MemberChanged => EventNames.MemberChanged,
        ConversationEvent.MemberRemoved => EventNames.MemberLeft,
        ConversationEvent.ChannelCreated => EventNames.ChannelCreated,
        ConversationEvent.ChannelRenamed => EventNames.ChannelRenamed,
        ConversationEvent.ChannelArchived => EventNames.ChannelArchived,
        ConversationEvent.ChannelRestored => EventNames.ChannelRestored,
        ConversationEvent.ThreadCreated => EventNames.ThreadCreated,
        ConversationEvent.ThreadOpened or ConversationEvent.ThreadUpdated => EventNames.ThreadUpdate,
        ConversationEvent.WorkspaceCreated => EventNames.WorkspaceCreated,
        ConversationEvent.WorkspaceRenamed => EventNames.WorkspaceRenamed,
        ConversationEvent.WorkspaceArchived => EventNames.WorkspaceArchived,
        ConversationEvent.WorkspaceRestored => EventNames.WorkspaceRestored,
        ConversationEvent.AnnouncementMade => EventNames.AnnouncementNew,
        ConversationEvent.NotificationCreated => EventNames.NotificationNew,
        ConversationEvent.NotificationWithdrawn => EventNames.NotificationWithdrawn,
        ConversationEvent.ReadMarked => EventNames.ReadUpdate,
        ConversationEvent.ChannelJoined => EventNames.ChannelJoined,
        ConversationEvent.ChannelLeft => EventNames.ChannelLeft,
        ConversationEvent.StatusSet => EventNames.PresenceUpdate,
        ConversationEvent.AccessRevoked => EventNames.AccessRevoked,
        ConversationEvent.CallRang => EventNames.CallIncoming,
        ConversationEvent.CallAnswered => EventNames.CallAnswered,
        ConversationEvent.CallStarted => EventNames.CallStarted,
        ConversationEvent.CallJoined => EventNames.CallJoined,
        ConversationEvent.CallDeclined => EventNames.CallDeclined,
        ConversationEvent.CallUnanswered => EventNames.CallUnanswered,
        ConversationEvent.CallLeft => EventNames.CallLeft,
        ConversationEvent.CallEnded => EventNames.CallEnd,
        _ => throw new ArgumentOutOfRangeException(nameof(happened)),
    };

    /// <summary>Writes the payload object.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="numbered">The event.</param>
    /// <param name="context">The channel; needed for the messages of a thread.</param>
    /// <exception cref="ArgumentException">The channel is not known, or is another one than the stream's.</exception>
    public static void Write(Utf8JsonWriter writer, in NumberedEvent numbered, TopicContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(numbered);
        if (numbered.Event is ConversationEvent.MessageCreated)
        {
            MessageView.Create(numbered).WriteNew(writer, context);
            return;
        }

        writer.WriteStartObject();
        switch (numbered.Event)
        {
            case ConversationEvent.MessageEdited edited:
                writer.WriteString("id"u8, edited.Id.Value);
                writer.WriteString("content"u8, edited.Content);
                Rfc3339.Write(writer, "editedAt"u8, numbered.Time);
                WriteUserAndChannel(writer, numbered.By, TopicContext.ChannelOf(numbered.Stream, context));
                MessageView.WriteMentions(writer, edited.Mentions);
                break;
            case ConversationEvent.MessageDeleted deleted:
                writer.WriteString("id"u8, deleted.Id.Value);
                Rfc3339.Write(writer, "deletedAt"u8, numbered.Time);
                WriteUserAndChannel(writer, numbered.By, TopicContext.ChannelOf(numbered.Stream, context));
                break;
            case ConversationEvent.ReactionAdded added:
                WriteReaction(writer, added.Id, numbered.By, added.Emoji, "add"u8);
                break;
            case ConversationEvent.ReactionRemoved removed:
                WriteReaction(writer, removed.Id, numbered.By, removed.Emoji, "remove"u8);
                break;
            case ConversationEvent.ThreadOpened or ConversationEvent.ThreadUpdated or ConversationEvent.ThreadCreated:
                WriteThread(writer, numbered, context);
                break;
            case ConversationEvent.MemberAdded or ConversationEvent.MemberChanged or ConversationEvent.MemberRemoved:
                WriteMembership(writer, numbered);
                break;
            case ConversationEvent.CallRang or ConversationEvent.CallAnswered or ConversationEvent.CallStarted or ConversationEvent.CallJoined
                or ConversationEvent.CallDeclined or ConversationEvent.CallUnanswered or ConversationEvent.CallLeft or ConversationEvent.CallEnded:
                WriteCall(writer, numbered);
                break;
            case ConversationEvent.NotificationCreated or ConversationEvent.NotificationWithdrawn or ConversationEvent.ReadMarked
                or ConversationEvent.StatusSet or ConversationEvent.AccessRevoked:
                WriteForUser(writer, numbered);
                break;
            default:
                WritePlace(writer, numbered);
                break;
        }

        writer.WriteNumber("seq"u8, numbered.Seq);
        writer.WriteEndObject();
    }

    private static void WriteUserAndChannel(Utf8JsonWriter writer, UserId user, ChannelId channel)
    {
        writer.WriteString("userId"u8, user.Value);
        writer.WriteString("channelId"u8, channel.Value);
    }

    private static void WriteReaction(Utf8JsonWriter writer, MessageId message, UserId user, string emoji, ReadOnlySpan<byte> action)
    {
        writer.WriteString("messageId"u8, message.Value);
        writer.WriteString("userId"u8, user.Value);
        writer.WriteString("emoji"u8, emoji);
        writer.WriteString("action"u8, action);
    }
}
