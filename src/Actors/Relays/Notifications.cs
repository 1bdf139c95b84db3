using QuikApp.Actors.Channels;
using QuikApp.Actors.Workspaces;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Actors.Relays;

/// <summary>Who is told of a message, and what. Nobody is told of what they may not see.</summary>
internal static class Notifications
{
    /// <summary>Of these users, those who may see the channel.</summary>
    public static IEnumerable<UserId> Seeing(ChannelState channel, WorkspaceState? roster, IEnumerable<UserId> users) =>
        users.Where(user => roster?.Removed.Contains(user) != true
            && (channel.Members.Contains(user)
                || (channel.Channel?.Visibility == ChannelVisibility.Public && roster?.Members.ContainsKey(user) == true)));

    /// <summary>Tells a user of a message; of one message once, however often it is edited.</summary>
    public static Consequence Tell(
        UserId user, NumberedEvent e, NotificationKind kind, ChannelId channel, ThreadId? thread, MessageId about, long aboutSeq, string content) =>
        Consequences.Record(
            StreamId.Of(user),
            e,
            new ConversationEvent.NotificationCreated(kind, channel, thread, about, aboutSeq, Preview(content)),
            origin: $"{e.Stream}\n{about}\nnotification");

    /// <summary>Takes it back.</summary>
    public static Consequence Withdraw(UserId user, NumberedEvent e, ChannelId channel, ThreadId? thread, MessageId about, long aboutSeq) =>
        Consequences.Record(StreamId.Of(user), e, new ConversationEvent.NotificationWithdrawn(channel, thread, about, aboutSeq));

    private static string Preview(string content)
    {
        if (content.Length <= PayloadLimits.PreviewLength)
            return content;

        var length = PayloadLimits.PreviewLength;
        return content[..(char.IsHighSurrogate(content[length - 1]) ? length - 1 : length)];
    }
}
