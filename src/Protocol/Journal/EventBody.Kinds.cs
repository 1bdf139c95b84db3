using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Presence;

namespace QuikApp.Protocol.Journal;

/// <content>The bodies of everything but messages and reactions.</content>
internal static partial class EventBody
{
    private static void WritePlace(ref CanonicalJsonWriter json, UserId by, ConversationEvent e)
    {
        Text(ref json, "by", by.Value);
        switch (e)
        {
            case ConversationEvent.ChannelCreated created:
                Text(ref json, "channel", created.Channel.Value);
                Text(ref json, "name", created.Name);
                Text(ref json, "visibility", Words<ChannelVisibility>.Of(created.Visibility));
                Text(ref json, "workspace", created.Workspace.Value);
                break;
            case ConversationEvent.ChannelJoined joined:
                Text(ref json, "channel", joined.Channel.Value);
                Text(ref json, "name", joined.Name);
                Text(ref json, "visibility", Words<ChannelVisibility>.Of(joined.Visibility));
                Text(ref json, "workspace", joined.Workspace.Value);
                break;
            case ConversationEvent.ChannelRenamed renamed:
                Text(ref json, "channel", renamed.Channel.Value);
                Text(ref json, "name", renamed.Name);
                break;
            case ConversationEvent.ChannelArchived archived:
                Text(ref json, "channel", archived.Channel.Value);
                break;
            case ConversationEvent.ChannelRestored restored:
                Text(ref json, "channel", restored.Channel.Value);
                break;
            case ConversationEvent.ChannelLeft left:
                Text(ref json, "channel", left.Channel.Value);
                break;
            case ConversationEvent.MemberAdded added:
                Optional(ref json, "role", added.Role is { } role ? Words<Role>.Of(role) : null);
                Text(ref json, "user", added.User.Value);
                break;
            case ConversationEvent.MemberChanged changed:
                Text(ref json, "role", Words<Role>.Of(changed.Role));
                Text(ref json, "user", changed.User.Value);
                break;
            case ConversationEvent.MemberRemoved removed:
                Text(ref json, "user", removed.User.Value);
                break;
            case ConversationEvent.WorkspaceCreated created:
                Text(ref json, "name", created.Name);
                Text(ref json, "workspace", created.Workspace.Value);
                break;
            case ConversationEvent.WorkspaceRenamed renamed:
                Text(ref json, "name", renamed.Name);
                break;
            case ConversationEvent.WorkspaceArchived or ConversationEvent.WorkspaceRestored:
                break;
            case ConversationEvent.AnnouncementMade made:
                Text(ref json, "content", made.Content);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(e), e.GetType().Name, "an event without a body format");
        }
    }

    private static void WriteThread(ref CanonicalJsonWriter json, UserId by, ConversationEvent e)
    {
        Text(ref json, "by", by.Value);
        switch (e)
        {
            case ConversationEvent.ThreadCreated created:
                Text(ref json, "channel", created.Channel.Value);
                Text(ref json, "message", created.Root.Value);
                Text(ref json, "thread", created.Thread.Value);
                Text(ref json, "user", created.RootAuthor.Value);
                break;
            case ConversationEvent.ThreadOpened opened:
                Text(ref json, "thread", opened.Thread.Value);
                break;
            case ConversationEvent.ThreadUpdated updated:
                Text(ref json, "message", updated.LastReply.Value);
                Number(ref json, "replies", updated.Replies);
                Number(ref json, "replyAt", updated.LastReplyAt);
                Text(ref json, "thread", updated.Thread.Value);
                Text(ref json, "user", updated.LastReplyBy.Value);
                break;
        }
    }

    private static void WriteUser(ref CanonicalJsonWriter json, UserId by, ConversationEvent e)
    {
        Text(ref json, "by", by.Value);
        switch (e)
        {
            case ConversationEvent.NotificationCreated created:
                Text(ref json, "channel", created.Channel.Value);
                Text(ref json, "content", created.Preview);
                Text(ref json, "kind", Words<NotificationKind>.Of(created.Kind));
                Text(ref json, "message", created.About.Value);
                Number(ref json, "messageSeq", created.AboutSeq);
                Optional(ref json, "thread", created.Thread?.Value);
                break;
            case ConversationEvent.NotificationWithdrawn withdrawn:
                Text(ref json, "channel", withdrawn.Channel.Value);
                Text(ref json, "message", withdrawn.About.Value);
                Number(ref json, "messageSeq", withdrawn.AboutSeq);
                Optional(ref json, "thread", withdrawn.Thread?.Value);
                break;
            case ConversationEvent.ReadMarked marked:
                Text(ref json, "channel", marked.Channel.Value);
                Number(ref json, "mentionCount", marked.Mentions);
                Number(ref json, "messageSeq", marked.UpTo);
                Optional(ref json, "thread", marked.Thread?.Value);
                Number(ref json, "unreadCount", marked.Unread);
                break;
            case ConversationEvent.StatusSet set:
                Optional(ref json, "content", set.Text);
                if (set.ExpiresAt is { } expiresAt)
                    Number(ref json, "expiresAt", expiresAt);
                Text(ref json, "status", PresenceWords.Text(set.Status));
                break;
            case ConversationEvent.AccessRevoked:
                break;
        }
    }

    private static void WriteCall(ref CanonicalJsonWriter json, UserId by, ConversationEvent e)
    {
        if (e is ConversationEvent.CallDeclined { Busy: true })
        {
            json.Name("busy");
            json.Boolean(true);
        }

        Text(ref json, "by", by.Value);
        switch (e)
        {
            case ConversationEvent.CallStarted started:
                Text(ref json, "call", started.Call.Value);
                Text(ref json, "channel", started.Channel.Value);
                Users(ref json, "invited", started.Invited);
                Text(ref json, "media", Words<CallMedia>.Of(started.Media));
                Text(ref json, "name", started.CallerName);
                break;
            case ConversationEvent.CallRang rang:
                Text(ref json, "call", rang.Call.Value);
                Text(ref json, "channel", rang.Channel.Value);
                Text(ref json, "media", Words<CallMedia>.Of(rang.Media));
                Text(ref json, "name", rang.CallerName);
                break;
            case ConversationEvent.CallAnswered answered:
                Text(ref json, "call", answered.Call.Value);
                Text(ref json, "device", PresenceWords.Text(answered.Device));
                break;
            case ConversationEvent.CallJoined joined:
                Text(ref json, "call", joined.Call.Value);
                Text(ref json, "device", PresenceWords.Text(joined.Device));
                Text(ref json, "session", joined.Session);
                break;
            case ConversationEvent.CallDeclined declined:
                Text(ref json, "call", declined.Call.Value);
                break;
            case ConversationEvent.CallUnanswered unanswered:
                Text(ref json, "call", unanswered.Call.Value);
                Users(ref json, "missed", unanswered.Missed);
                break;
            case ConversationEvent.CallLeft left:
                Text(ref json, "call", left.Call.Value);
                break;
            case ConversationEvent.CallEnded ended:
                Text(ref json, "call", ended.Call.Value);
                Text(ref json, "channel", ended.Channel.Value);
                Number(ref json, "duration", ended.Duration);
                Text(ref json, "reason", Words<CallEndReason>.Of(ended.Reason));
                break;
        }
    }
}
