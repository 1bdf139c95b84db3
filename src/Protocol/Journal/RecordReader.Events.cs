using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Protocol.Journal;

/// <content>From the fields of a body to its event.</content>
public static partial class RecordReader
{
    internal static ConversationEvent ToEvent(in EventName name, EventBodyFields body) => name.Type switch
    {
        EventTypes.MessageCreated => new ConversationEvent.MessageCreated(
            Message(name), body.Required("content"), body.Attachments, body.Users("mentions"), body.Thread("thread"), body.Optional("clientId")),
        EventTypes.MessageEdited => new ConversationEvent.MessageEdited(Message(name), body.Required("content"), body.Users("mentions")),
        EventTypes.MessageDeleted => new ConversationEvent.MessageDeleted(Message(name)),
        EventTypes.ReactionAdded => new ConversationEvent.ReactionAdded(Message(name), body.Required("emoji")),
        EventTypes.ReactionRemoved => new ConversationEvent.ReactionRemoved(Message(name), body.Required("emoji")),

        EventTypes.ChannelCreated => new ConversationEvent.ChannelCreated(
            body.Channel("channel"), body.Workspace("workspace"), body.Required("name"), body.Word<ChannelVisibility>("visibility")),
        EventTypes.ChannelRenamed => new ConversationEvent.ChannelRenamed(body.Channel("channel"), body.Required("name")),
        EventTypes.ChannelArchived => new ConversationEvent.ChannelArchived(body.Channel("channel")),
        EventTypes.ChannelRestored => new ConversationEvent.ChannelRestored(body.Channel("channel")),
        EventTypes.MemberAdded => new ConversationEvent.MemberAdded(body.User("user"), body.OptionalWord<Role>("role")),
        EventTypes.MemberChanged => new ConversationEvent.MemberChanged(body.User("user"), body.Word<Role>("role")),
        EventTypes.MemberRemoved => new ConversationEvent.MemberRemoved(body.User("user")),

        EventTypes.ThreadCreated => new ConversationEvent.ThreadCreated(
            body.RequiredThread("thread"), body.Channel("channel"), body.Message("message"), body.User("user")),
        EventTypes.ThreadOpened => new ConversationEvent.ThreadOpened(Message(name), body.RequiredThread("thread")),
        EventTypes.ThreadUpdated => new ConversationEvent.ThreadUpdated(
            Message(name), body.RequiredThread("thread"), body.Number("replies"), body.Message("message"), body.User("user"), body.Number("replyAt")),

        EventTypes.WorkspaceCreated => new ConversationEvent.WorkspaceCreated(body.Workspace("workspace"), body.Required("name")),
        EventTypes.WorkspaceRenamed => new ConversationEvent.WorkspaceRenamed(body.Required("name")),
        EventTypes.WorkspaceArchived => new ConversationEvent.WorkspaceArchived(),
        EventTypes.WorkspaceRestored => new ConversationEvent.WorkspaceRestored(),
        EventTypes.AnnouncementMade => new ConversationEvent.AnnouncementMade(body.Required("content")),

        EventTypes.NotificationCreated => new ConversationEvent.NotificationCreated(
            body.Word<NotificationKind>("kind"), body.Channel("channel"), body.Thread("thread"), body.Message("message"), body.Number("messageSeq"), body.Required("content")),
        EventTypes.NotificationWithdrawn => new ConversationEvent.NotificationWithdrawn(
            body.Channel("channel"), body.Thread("thread"), body.Message("message"), body.Number("messageSeq")),
        EventTypes.ReadMarked => new ConversationEvent.ReadMarked(
            body.Channel("channel"), body.Thread("thread"), body.Number("messageSeq"), body.Number("unreadCount"), body.Number("mentionCount")),
        EventTypes.ChannelJoined => new ConversationEvent.ChannelJoined(
            body.Channel("channel"), body.Workspace("workspace"), body.Required("name"), body.Word<ChannelVisibility>("visibility")),
        EventTypes.ChannelLeft => new ConversationEvent.ChannelLeft(body.Channel("channel")),
        EventTypes.StatusSet => new ConversationEvent.StatusSet(body.Status("status"), body.Optional("content"), body.OptionalNumber("expiresAt")),
        EventTypes.AccessRevoked => new ConversationEvent.AccessRevoked(),

        EventTypes.CallStarted => new ConversationEvent.CallStarted(
            body.Call("call"), body.Channel("channel"), body.Word<CallMedia>("media"), body.Required("name"), body.Users("invited")),
        EventTypes.CallRang => new ConversationEvent.CallRang(
            body.Call("call"), body.Channel("channel"), body.Word<CallMedia>("media"), body.Required("name")),
        EventTypes.CallAnswered => new ConversationEvent.CallAnswered(body.Call("call"), body.Device("device")),
        EventTypes.CallJoined => new ConversationEvent.CallJoined(body.Call("call"), body.Device("device"), body.Required("session")),
        EventTypes.CallDeclined => new ConversationEvent.CallDeclined(body.Call("call"), body.Busy),
        EventTypes.CallUnanswered => new ConversationEvent.CallUnanswered(body.Call("call"), body.Users("missed")),
        EventTypes.CallLeft => new ConversationEvent.CallLeft(body.Call("call")),
        EventTypes.CallEnded => new ConversationEvent.CallEnded(
            body.Call("call"), body.Channel("channel"), body.Word<CallEndReason>("reason"), body.Number("duration")),
        _ => throw name.Fault(JournalFault.Type, $"unknown event type {name.Type}"),
    };

    // In a record the header's own rules have made sure that these types name a message.
    private static MessageId Message(in EventName name) =>
        name.Message ?? throw name.Fault(JournalFault.Type, $"{name.Type} names no message");
}
