using System.Collections.Immutable;
using System.Text.Json;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Presence;

namespace QuikApp.Protocol.Payloads;

/// <content>What a user's own topic carries, and calls.</content>
public static partial class EventPayload
{
    private static void WriteForUser(Utf8JsonWriter writer, NumberedEvent numbered)
    {
        switch (numbered.Event)
        {
            case ConversationEvent.NotificationCreated created:
                writer.WriteString("type"u8, Words<NotificationKind>.Of(created.Kind));
                WriteAbout(writer, created.Channel, created.Thread, created.About, created.AboutSeq);
                writer.WriteString("userId"u8, numbered.By.Value);
                writer.WriteString("preview"u8, created.Preview);
                Rfc3339.Write(writer, "createdAt"u8, numbered.Time);
                break;
            case ConversationEvent.NotificationWithdrawn withdrawn:
                WriteAbout(writer, withdrawn.Channel, withdrawn.Thread, withdrawn.About, withdrawn.AboutSeq);
                Rfc3339.Write(writer, "createdAt"u8, numbered.Time);
                break;
            case ConversationEvent.ReadMarked marked:
                writer.WriteString("channelId"u8, marked.Channel.Value);
                WriteThreadId(writer, marked.Thread);
                writer.WriteNumber("readSeq"u8, marked.UpTo);
                writer.WriteNumber("unread"u8, marked.Unread);
                writer.WriteNumber("mentions"u8, marked.Mentions);
                Rfc3339.Write(writer, "createdAt"u8, numbered.Time);
                break;
            case ConversationEvent.StatusSet set:
                writer.WriteString("userId"u8, numbered.By.Value);
                writer.WriteString("status"u8, PresenceWords.Text(set.Status));
                writer.WriteString("statusText"u8, set.Text);
                if (set.ExpiresAt is { } expiresAt)
                    Rfc3339.Write(writer, "expiresAt"u8, DateTimeOffset.UnixEpoch.AddMicroseconds(expiresAt));
                break;
            case ConversationEvent.AccessRevoked:
                WriteByAndTime(writer, numbered);
                break;
        }
    }

    private static void WriteCall(Utf8JsonWriter writer, NumberedEvent numbered)
    {
        switch (numbered.Event)
        {
            case ConversationEvent.CallRang rang:
                WriteCaller(writer, rang.Call, numbered.By, rang.CallerName, rang.Media, rang.Channel);
                Rfc3339.Write(writer, "createdAt"u8, numbered.Time);
                break;
            case ConversationEvent.CallStarted started:
                WriteCaller(writer, started.Call, numbered.By, started.CallerName, started.Media, started.Channel);
                if (!started.Invited.IsDefaultOrEmpty)
                    WriteUsers(writer, "invited"u8, started.Invited);
                Rfc3339.Write(writer, "createdAt"u8, numbered.Time);
                break;
            case ConversationEvent.CallAnswered answered:
                WriteCallAndUser(writer, answered.Call, numbered);
                writer.WriteString("device"u8, PresenceWords.Text(answered.Device));
                break;
            case ConversationEvent.CallJoined joined:
                WriteCallAndUser(writer, joined.Call, numbered);
                writer.WriteString("device"u8, PresenceWords.Text(joined.Device));
                break;
            case ConversationEvent.CallDeclined declined:
                WriteCallAndUser(writer, declined.Call, numbered);
                writer.WriteBoolean("busy"u8, declined.Busy);
                break;
            case ConversationEvent.CallLeft left:
                WriteCallAndUser(writer, left.Call, numbered);
                break;
            case ConversationEvent.CallUnanswered unanswered:
                writer.WriteString("callId"u8, unanswered.Call.Value);
                WriteUsers(writer, "userIds"u8, unanswered.Missed);
                Rfc3339.Write(writer, "createdAt"u8, numbered.Time);
                break;
            case ConversationEvent.CallEnded ended:
                writer.WriteString("callId"u8, ended.Call.Value);
                writer.WriteString("reason"u8, Words<CallEndReason>.Of(ended.Reason));
                writer.WriteNumber("duration"u8, ended.Duration);
                writer.WriteString("channelId"u8, ended.Channel.Value);
                Rfc3339.Write(writer, "createdAt"u8, numbered.Time);
                break;
        }
    }

    private static void WriteCaller(Utf8JsonWriter writer, CallId call, UserId caller, string name, CallMedia media, ChannelId channel)
    {
        writer.WriteString("callId"u8, call.Value);
        writer.WriteString("callerId"u8, caller.Value);
        writer.WriteString("callerName"u8, name);
        writer.WriteString("type"u8, Words<CallMedia>.Of(media));
        writer.WriteString("channelId"u8, channel.Value);
    }

    private static void WriteCallAndUser(Utf8JsonWriter writer, CallId call, NumberedEvent numbered)
    {
        writer.WriteString("callId"u8, call.Value);
        writer.WriteString("userId"u8, numbered.By.Value);
        Rfc3339.Write(writer, "createdAt"u8, numbered.Time);
    }

    private static void WriteAbout(Utf8JsonWriter writer, ChannelId channel, ThreadId? thread, MessageId about, long aboutSeq)
    {
        writer.WriteString("channelId"u8, channel.Value);
        WriteThreadId(writer, thread);
        writer.WriteString("messageId"u8, about.Value);
        writer.WriteNumber("messageSeq"u8, aboutSeq);
    }

    private static void WriteThreadId(Utf8JsonWriter writer, ThreadId? thread)
    {
        if (thread is { } id)
            writer.WriteString("threadId"u8, id.Value);
    }

    private static void WriteUsers(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ImmutableArray<UserId> users)
    {
        writer.WriteStartArray(name);
        foreach (var user in users)
            writer.WriteStringValue(user.Value);
        writer.WriteEndArray();
    }
}
