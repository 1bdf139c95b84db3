using System.Text.Json;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Protocol.Payloads;

/// <content>Channels, threads, workspaces, and who belongs to them.</content>
public static partial class EventPayload
{
    private static void WriteMembership(Utf8JsonWriter writer, NumberedEvent numbered)
    {
        writer.WriteString("userId"u8, numbered.Event.Member!.Value.Value);
        writer.WriteString(numbered.Stream.Kind == "workspace" ? "workspaceId"u8 : "channelId"u8, numbered.Stream.Id);
        var role = numbered.Event switch
        {
            ConversationEvent.MemberAdded added => added.Role,
            ConversationEvent.MemberChanged changed => changed.Role,
            _ => null,
        };
        if (role is { } known)
            writer.WriteString("role"u8, Words<Role>.Of(known));
        WriteByAndTime(writer, numbered);
    }

    private static void WriteThread(Utf8JsonWriter writer, NumberedEvent numbered, TopicContext? context)
    {
        switch (numbered.Event)
        {
            case ConversationEvent.ThreadCreated created:
                writer.WriteString("threadId"u8, created.Thread.Value);
                writer.WriteString("channelId"u8, created.Channel.Value);
                writer.WriteString("messageId"u8, created.Root.Value);
                writer.WriteString("userId"u8, numbered.By.Value);
                Rfc3339.Write(writer, "createdAt"u8, numbered.Time);
                break;
            case ConversationEvent.ThreadOpened opened:
                WriteThreadUpdate(writer, opened.Thread, opened.Root, TopicContext.ChannelOf(numbered.Stream, context), ThreadSummary.Of(opened));
                break;
            case ConversationEvent.ThreadUpdated updated:
                WriteThreadUpdate(writer, updated.Thread, updated.Root, TopicContext.ChannelOf(numbered.Stream, context), ThreadSummary.Of(updated));
                break;
        }
    }

    private static void WriteThreadUpdate(Utf8JsonWriter writer, ThreadId thread, MessageId root, ChannelId channel, ThreadSummary summary)
    {
        writer.WriteString("threadId"u8, thread.Value);
        writer.WriteString("messageId"u8, root.Value);
        writer.WriteString("channelId"u8, channel.Value);
        summary.WriteMembers(writer);
    }

    private static void WritePlace(Utf8JsonWriter writer, NumberedEvent numbered)
    {
        switch (numbered.Event)
        {
            case ConversationEvent.ChannelCreated created:
                WriteChannel(writer, created.Channel, created.Workspace, created.Name, created.Visibility);
                Rfc3339.Write(writer, "createdAt"u8, numbered.Time);
                break;
            case ConversationEvent.ChannelJoined joined:
                WriteChannel(writer, joined.Channel, joined.Workspace, joined.Name, joined.Visibility);
                WriteByAndTime(writer, numbered);
                break;
            case ConversationEvent.ChannelRenamed renamed:
                writer.WriteString("channelId"u8, renamed.Channel.Value);
                writer.WriteString("name"u8, renamed.Name);
                WriteByAndTime(writer, numbered);
                break;
            case ConversationEvent.ChannelArchived archived:
                writer.WriteString("channelId"u8, archived.Channel.Value);
                WriteByAndTime(writer, numbered);
                break;
            case ConversationEvent.ChannelRestored restored:
                writer.WriteString("channelId"u8, restored.Channel.Value);
                WriteByAndTime(writer, numbered);
                break;
            case ConversationEvent.ChannelLeft left:
                writer.WriteString("channelId"u8, left.Channel.Value);
                WriteByAndTime(writer, numbered);
                break;
            case ConversationEvent.WorkspaceCreated created:
                writer.WriteString("workspaceId"u8, created.Workspace.Value);
                writer.WriteString("name"u8, created.Name);
                WriteByAndTime(writer, numbered);
                break;
            case ConversationEvent.WorkspaceRenamed renamed:
                writer.WriteString("workspaceId"u8, numbered.Stream.Id);
                writer.WriteString("name"u8, renamed.Name);
                WriteByAndTime(writer, numbered);
                break;
            case ConversationEvent.WorkspaceArchived or ConversationEvent.WorkspaceRestored:
                writer.WriteString("workspaceId"u8, numbered.Stream.Id);
                WriteByAndTime(writer, numbered);
                break;
            case ConversationEvent.AnnouncementMade made:
                writer.WriteString("workspaceId"u8, numbered.Stream.Id);
                writer.WriteString("content"u8, made.Content);
                writer.WriteString("userId"u8, numbered.By.Value);
                Rfc3339.Write(writer, "createdAt"u8, numbered.Time);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(numbered));
        }
    }

    private static void WriteChannel(Utf8JsonWriter writer, ChannelId channel, WorkspaceId workspace, string name, ChannelVisibility visibility)
    {
        writer.WriteString("channelId"u8, channel.Value);
        writer.WriteString("workspaceId"u8, workspace.Value);
        writer.WriteString("name"u8, name);
        writer.WriteString("visibility"u8, Words<ChannelVisibility>.Of(visibility));
    }

    private static void WriteByAndTime(Utf8JsonWriter writer, NumberedEvent numbered)
    {
        writer.WriteString("by"u8, numbered.By.Value);
        Rfc3339.Write(writer, "createdAt"u8, numbered.Time);
    }
}
