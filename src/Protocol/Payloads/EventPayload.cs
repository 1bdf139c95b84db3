using System.Text.Json;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Protocol.Payloads;

/// <summary>Journaled events as clients see them. Members that do not apply are left out; lists are always there.</summary>
public static class EventPayload
{
    /// <summary>The event's name on the wire.</summary>
    public static string EventName(ConversationEvent happened) => happened switch
    {
        ConversationEvent.MessageCreated => EventNames.MessageNew,
        ConversationEvent.MessageEdited => EventNames.MessageUpdate,
        ConversationEvent.MessageDeleted => EventNames.MessageDelete,
        ConversationEvent.ReactionAdded or ConversationEvent.ReactionRemoved => EventNames.MessageReaction,
        ConversationEvent.MemberAdded => EventNames.MemberJoined,
        ConversationEvent.MemberRemoved => EventNames.MemberLeft,
        ConversationEvent.ChannelCreated => EventNames.ChannelCreated,
        _ => throw new ArgumentOutOfRangeException(nameof(happened)),
    };

    /// <summary>Writes the payload object.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="numbered">The event.</param>
    /// <param name="context">The channel; needed where the stream is not a channel's own.</param>
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

        var channel = TopicContext.ChannelOf(numbered.Stream, context);
        writer.WriteStartObject();
        switch (numbered.Event)
        {
            case ConversationEvent.MessageEdited edited:
                writer.WriteString("id"u8, edited.Id.Value);
                writer.WriteString("content"u8, edited.Content);
                Rfc3339.Write(writer, "editedAt"u8, numbered.Time);
                WriteUserAndChannel(writer, numbered.By, channel);
                MessageView.WriteMentions(writer, edited.Mentions);
                break;
            case ConversationEvent.MessageDeleted deleted:
                writer.WriteString("id"u8, deleted.Id.Value);
                Rfc3339.Write(writer, "deletedAt"u8, numbered.Time);
                WriteUserAndChannel(writer, numbered.By, channel);
                break;
            case ConversationEvent.ReactionAdded added:
                WriteReaction(writer, added.Id, numbered.By, added.Emoji, "add"u8);
                break;
            case ConversationEvent.ReactionRemoved removed:
                WriteReaction(writer, removed.Id, numbered.By, removed.Emoji, "remove"u8);
                break;
            case ConversationEvent.MemberAdded or ConversationEvent.MemberRemoved:
                WriteUserAndChannel(writer, numbered.Event.Member!.Value, channel);
                writer.WriteString("by"u8, numbered.By.Value);
                Rfc3339.Write(writer, "createdAt"u8, numbered.Time);
                break;
            case ConversationEvent.ChannelCreated created:
                writer.WriteString("channelId"u8, created.Channel.Value);
                writer.WriteString("workspaceId"u8, created.Workspace.Value);
                writer.WriteString("name"u8, created.Name);
                writer.WriteString("visibility"u8, Visibility(created.Visibility));
                Rfc3339.Write(writer, "createdAt"u8, numbered.Time);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(numbered));
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

    private static ReadOnlySpan<byte> Visibility(ChannelVisibility visibility) => visibility switch
    {
        ChannelVisibility.Public => "public"u8,
        ChannelVisibility.Private => "private"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(visibility)),
    };
}
