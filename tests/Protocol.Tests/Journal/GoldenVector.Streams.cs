using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Presence;
using static QuikApp.Protocol.Conversations.ConversationEvent;

namespace QuikApp.Protocol.Tests.Journal;

/// <content>Workspaces, threads, users and calls: each optional field once there and once left out.</content>
internal sealed partial record GoldenVector
{
    private const long Noon = 1790000100000001;

    private static WorkspaceId Workspace => WorkspaceId.Parse("demo");
    private static ChannelId Open => ChannelId.Parse("01M3249Y1W8D4F6H8K0N2Q4S6V");
    private static ThreadId Replies => ThreadId.Parse("01M324C3E5G7J9M1P3R5T7V9X1");
    private static MessageId Reply => MessageId.Parse("m_01M324D4F6H8K0N2Q4S6V8X0Z2");
    private static CallId Call => CallId.Parse("01M324E5G7J9M1P3R5T7V9X1Z3");

    private static IEnumerable<GoldenVector> BuildPlaces()
    {
        var workspace = StreamId.Of(Workspace);
        yield return Alice(12, workspace, 1, new WorkspaceCreated(Workspace, "Démo \U0001F680"));
        yield return Alice(13, workspace, 2, new MemberAdded(BobId, Role.Moderator));
        yield return Alice(14, workspace, 3, new MemberChanged(BobId, Role.Auditor));
        yield return Alice(15, workspace, 4, new WorkspaceRenamed("Firm"));
        yield return Alice(16, workspace, 5, new WorkspaceArchived());
        yield return Alice(17, workspace, 6, new WorkspaceRestored());
        yield return Alice(18, workspace, 7, new AnnouncementMade("Cake at three.\nAll welcome."));

        var channel = StreamId.Of(Open);
        yield return Alice(19, channel, 1, new ChannelCreated(Open, Workspace, "Lobby", ChannelVisibility.Public));
        yield return Alice(20, channel, 2, new ChannelRenamed(Open, "Foyer"));
        yield return Alice(21, channel, 3, new ChannelArchived(Open));
        yield return Alice(22, channel, 4, new ChannelRestored(Open));
        yield return Alice(23, channel, 5, new ThreadOpened(First, Replies));
        yield return Alice(24, channel, 6, new ThreadUpdated(First, Replies, 2, Reply, CarolId, Noon));

        yield return Alice(25, StreamId.Of(Replies), 1, new ThreadCreated(Replies, Open, First, BobId));
    }

    private static IEnumerable<GoldenVector> BuildUsers()
    {
        var user = StreamId.Of(AliceId);
        yield return Alice(26, user, 1, new ChannelJoined(Open, Workspace, "bob", ChannelVisibility.Direct));
        yield return Alice(27, user, 2, new ChannelLeft(Open));
        yield return Alice(28, user, 3, new NotificationCreated(NotificationKind.Reply, Open, Replies, Reply, 7, "Yes, let us."));
        yield return Alice(29, user, 4, new NotificationCreated(NotificationKind.Mention, Open, null, First, 3, ""));
        yield return Alice(30, user, 5, new NotificationWithdrawn(Open, Replies, Reply, 7));
        yield return Alice(31, user, 6, new NotificationWithdrawn(Open, null, First, 3));
        yield return Alice(32, user, 7, new ReadMarked(Open, null, 40, 1_000, 2));
        yield return Alice(33, user, 8, new ReadMarked(Open, Replies, 7, 0, 0));
        yield return Alice(34, user, 9, new StatusSet(PresenceStatus.DoNotDisturb, "Lunch", Noon + 3_600_000_000));
        yield return Alice(35, user, 10, new StatusSet(PresenceStatus.Online, null, null));
        yield return Alice(36, user, 11, new CallRang(Call, Open, CallMedia.Audio, "Bob B."));
        yield return Alice(37, user, 12, new CallAnswered(Call, Device.Mobile));
        yield return Alice(38, user, 13, new AccessRevoked());
    }

    private static IEnumerable<GoldenVector> BuildCalls()
    {
        var call = StreamId.Of(Call);
        yield return Alice(39, call, 1, new CallStarted(Call, Open, CallMedia.Video, "Alice A.", [AliceId, BobId, CarolId]));
        yield return Alice(40, call, 2, new CallJoined(Call, Device.Desktop, "01M324F6H8K0N2Q4S6V8X0Z2B4"));
        yield return Alice(41, call, 3, new CallDeclined(Call, Busy: false));
        yield return Alice(42, call, 4, new CallDeclined(Call, Busy: true));
        yield return Alice(43, call, 5, new CallUnanswered(Call, [BobId, CarolId]));
        yield return Alice(44, call, 6, new CallLeft(Call));
        yield return Alice(45, call, 7, new CallEnded(Call, Open, CallEndReason.Ended, 61));
        yield return Alice(46, StreamId.Of(Open), 7, new CallStarted(Call, Open, CallMedia.Audio, "Alice A.", []));
    }

    private static GoldenVector Alice(int number, StreamId stream, long seq, ConversationEvent e) =>
        new(number, new(stream, seq, Noon + (number * 1_000_000L), AliceId, e), Writing.Alice, AliceKey);
}
