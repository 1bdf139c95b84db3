using System.Collections.Immutable;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Shapes;
using static QuikApp.Protocol.Shapes.JsonShapes;

namespace QuikApp.Protocol.Payloads;

/// <content>Channels, threads, workspaces, and who belongs to them: what <c>EventPayload.Places</c> writes.</content>
public static partial class ServerEvents
{
    private static (string Name, JsonShape Shape)[] Channel =>
        [("channelId", Id), ("workspaceId", Id), ("name", AnyText), ("visibility", WordOf<ChannelVisibility>())];

    private static IEnumerable<ServerEvent> Channels()
    {
        ImmutableArray<TopicKind> here = [TopicKind.Channel, TopicKind.Workspace];
        yield return new(EventNames.ChannelCreated, "The channel exists.", Numbered([.. Channel, ("createdAt", Time)]), here);
        yield return new(EventNames.ChannelRenamed, "The channel has another name.", Numbered([("channelId", Id), ("name", AnyText), .. ByAndTime]), here);
        yield return new(EventNames.ChannelArchived, "The channel takes no messages any more.", Numbered([("channelId", Id), .. ByAndTime]), here);
        yield return new(EventNames.ChannelRestored, "The channel takes messages again.", Numbered([("channelId", Id), .. ByAndTime]), here);
        foreach (var (place, topic) in new[] { ("channelId", TopicKind.Channel), ("workspaceId", TopicKind.Workspace) })
        {
            (string Name, JsonShape Shape)[] member = [("userId", Id), (place, Id)];
            yield return new(EventNames.MemberJoined, "A user became a member.", Numbered([.. member, ("role?", WordOf<Role>()), .. ByAndTime]), [topic]);
            yield return new(EventNames.MemberLeft, "A user is a member no longer.", Numbered([.. member, .. ByAndTime]), [topic]);
        }

        yield return new(
            EventNames.MemberChanged,
            "A member has another role.",
            Numbered([("userId", Id), ("workspaceId", Id), ("role", WordOf<Role>()), .. ByAndTime]),
            [TopicKind.Workspace]);
    }

    private static IEnumerable<ServerEvent> Threads()
    {
        yield return new(
            EventNames.ThreadCreated,
            "The thread exists.",
            Numbered(("threadId", Id), ("channelId", Id), ("messageId", Id), ("userId", Id), ("createdAt", Time)),
            [TopicKind.Thread]);
        yield return new(
            EventNames.ThreadUpdate,
            "How a thread of the channel stands.",
            Numbered([("threadId", Id), ("messageId", Id), ("channelId", Id), .. ThreadSummary.MemberShapes]),
            [TopicKind.Channel]);
    }

    private static IEnumerable<ServerEvent> Workspaces()
    {
        ImmutableArray<TopicKind> here = [TopicKind.Workspace];
        (string Name, JsonShape Shape)[] named = [("workspaceId", Id), ("name", AnyText), .. ByAndTime];
        yield return new(EventNames.WorkspaceCreated, "The workspace exists.", Numbered(named), here);
        yield return new(EventNames.WorkspaceRenamed, "The workspace has another name.", Numbered(named), here);
        yield return new(EventNames.WorkspaceArchived, "The workspace takes no changes any more.", Numbered([("workspaceId", Id), .. ByAndTime]), here);
        yield return new(EventNames.WorkspaceRestored, "The workspace takes changes again.", Numbered([("workspaceId", Id), .. ByAndTime]), here);
        yield return new(
            EventNames.AnnouncementNew,
            "An administrator told everybody something.",
            Numbered(("workspaceId", Id), ("content", AnyText), ("userId", Id), ("createdAt", Time)),
            here);
    }
}
