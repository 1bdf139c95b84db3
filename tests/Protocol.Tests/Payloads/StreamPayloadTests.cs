using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using QuikApp.Protocol.Presence;
using static QuikApp.Protocol.Conversations.ConversationEvent;

namespace QuikApp.Protocol.Tests.Payloads;

/// <summary>The published payloads of threads, workspaces, users and calls, member for member.</summary>
public sealed class StreamPayloadTests
{
    private static readonly ChannelId General = ChannelId.Parse("general");
    private static readonly WorkspaceId Demo = WorkspaceId.Parse("demo");
    private static readonly ThreadId Thread = ThreadId.Parse("t1");
    private static readonly CallId Call = CallId.Parse("c1");

    /// <summary>Name, payload, stream, event.</summary>
    public static TheoryData<string, string, string, ConversationEvent> Published => new()
    {
        {
            "channel:renamed",
            """{"channelId":"general","name":"Lobby","by":"alice","createdAt":"2026-11-22T10:00:00.123Z","seq":1}""",
            "channel-general", new ChannelRenamed(General, "Lobby")
        },
        {
            "channel:archived",
            """{"channelId":"general","by":"alice","createdAt":"2026-11-22T10:00:00.123Z","seq":1}""",
            "workspace-demo", new ChannelArchived(General)
        },
        {
            "channel:restored",
            """{"channelId":"general","by":"alice","createdAt":"2026-11-22T10:00:00.123Z","seq":1}""",
            "channel-general", new ChannelRestored(General)
        },
        {
            "member:joined",
            """{"userId":"bob","workspaceId":"demo","role":"moderator","by":"alice","createdAt":"2026-11-22T10:00:00.123Z","seq":1}""",
            "workspace-demo", new MemberAdded(Build.User("bob"), Role.Moderator)
        },
        {
            "member:changed",
            """{"userId":"bob","workspaceId":"demo","role":"auditor","by":"alice","createdAt":"2026-11-22T10:00:00.123Z","seq":1}""",
            "workspace-demo", new MemberChanged(Build.User("bob"), Role.Auditor)
        },
        {
            "member:left",
            """{"userId":"bob","workspaceId":"demo","by":"alice","createdAt":"2026-11-22T10:00:00.123Z","seq":1}""",
            "workspace-demo", new MemberRemoved(Build.User("bob"))
        },
        {
            "thread:created",
            """{"threadId":"t1","channelId":"general","messageId":"m1","userId":"alice","createdAt":"2026-11-22T10:00:00.123Z","seq":1}""",
            "thread-t1", new ThreadCreated(Thread, General, Build.Message("m1"), Build.User("bob"))
        },
        {
            "thread:update",
            """{"threadId":"t1","messageId":"m1","channelId":"general","replyCount":0,"seq":1}""",
            "channel-general", new ThreadOpened(Build.Message("m1"), Thread)
        },
        {
            "thread:update",
            """{"threadId":"t1","messageId":"m1","channelId":"general","replyCount":7,"lastReply":{"id":"m9","userId":"carol","createdAt":"2026-11-22T10:00:00.123Z"},"seq":1}""",
            "channel-general", new ThreadUpdated(Build.Message("m1"), Thread, 7, Build.Message("m9"), Build.User("carol"), Build.Start)
        },
        {
            "workspace:created",
            """{"workspaceId":"demo","name":"Demo","by":"alice","createdAt":"2026-11-22T10:00:00.123Z","seq":1}""",
            "workspace-demo", new WorkspaceCreated(Demo, "Demo")
        },
        {
            "workspace:renamed",
            """{"workspaceId":"demo","name":"Firm","by":"alice","createdAt":"2026-11-22T10:00:00.123Z","seq":1}""",
            "workspace-demo", new WorkspaceRenamed("Firm")
        },
        {
            "workspace:archived",
            """{"workspaceId":"demo","by":"alice","createdAt":"2026-11-22T10:00:00.123Z","seq":1}""",
            "workspace-demo", new WorkspaceArchived()
        },
        {
            "workspace:restored",
            """{"workspaceId":"demo","by":"alice","createdAt":"2026-11-22T10:00:00.123Z","seq":1}""",
            "workspace-demo", new WorkspaceRestored()
        },
        {
            "announcement:new",
            """{"workspaceId":"demo","content":"Cake at three","userId":"alice","createdAt":"2026-11-22T10:00:00.123Z","seq":1}""",
            "workspace-demo", new AnnouncementMade("Cake at three")
        },
        {
            "notification:new",
            """{"type":"mention","channelId":"general","messageId":"m1","messageSeq":12,"userId":"alice","preview":"Hello @bob","createdAt":"2026-11-22T10:00:00.123Z","seq":1}""",
            "user-bob", new NotificationCreated(NotificationKind.Mention, General, null, Build.Message("m1"), 12, "Hello @bob")
        },
        {
            "notification:new",
            """{"type":"reply","channelId":"general","threadId":"t1","messageId":"m1","messageSeq":12,"userId":"alice","preview":"","createdAt":"2026-11-22T10:00:00.123Z","seq":1}""",
            "user-bob", new NotificationCreated(NotificationKind.Reply, General, Thread, Build.Message("m1"), 12, "")
        },
        {
            "notification:withdrawn",
            """{"channelId":"general","threadId":"t1","messageId":"m1","messageSeq":12,"createdAt":"2026-11-22T10:00:00.123Z","seq":1}""",
            "user-bob", new NotificationWithdrawn(General, Thread, Build.Message("m1"), 12)
        },
        {
            "read:update",
            """{"channelId":"general","readSeq":40,"unread":3,"mentions":1,"createdAt":"2026-11-22T10:00:00.123Z","seq":1}""",
            "user-alice", new ReadMarked(General, null, 40, 3, 1)
        },
        {
            "read:update",
            """{"channelId":"general","threadId":"t1","readSeq":0,"unread":0,"mentions":0,"createdAt":"2026-11-22T10:00:00.123Z","seq":1}""",
            "user-alice", new ReadMarked(General, Thread, 0, 0, 0)
        },
        {
            "channel:joined",
            """{"channelId":"general","workspaceId":"demo","name":"General","visibility":"direct","by":"alice","createdAt":"2026-11-22T10:00:00.123Z","seq":1}""",
            "user-bob", new ChannelJoined(General, Demo, "General", ChannelVisibility.Direct)
        },
        {
            "channel:left",
            """{"channelId":"general","by":"alice","createdAt":"2026-11-22T10:00:00.123Z","seq":1}""",
            "user-bob", new ChannelLeft(General)
        },
        {
            "presence:update",
            """{"userId":"alice","status":"dnd","statusText":"Lunch","expiresAt":"2026-11-22T10:00:00.123Z","seq":1}""",
            "user-alice", new StatusSet(PresenceStatus.DoNotDisturb, "Lunch", Build.Start)
        },
        {
            "presence:update",
            """{"userId":"alice","status":"online","statusText":null,"seq":1}""",
            "user-alice", new StatusSet(PresenceStatus.Online, null, null)
        },
        {
            "access:revoked",
            """{"by":"alice","createdAt":"2026-11-22T10:00:00.123Z","seq":1}""",
            "user-bob", new AccessRevoked()
        },
        {
            "call:incoming",
            """{"callId":"c1","callerId":"alice","callerName":"Alice A.","type":"video","channelId":"general","createdAt":"2026-11-22T10:00:00.123Z","seq":1}""",
            "user-bob", new CallRang(Call, General, CallMedia.Video, "Alice A.")
        },
        {
            "call:answered",
            """{"callId":"c1","userId":"alice","createdAt":"2026-11-22T10:00:00.123Z","device":"mobile","seq":1}""",
            "user-alice", new CallAnswered(Call, Device.Mobile)
        },
        {
            "call:started",
            """{"callId":"c1","callerId":"alice","callerName":"Alice A.","type":"audio","channelId":"general","createdAt":"2026-11-22T10:00:00.123Z","seq":1}""",
            "channel-general", new CallStarted(Call, General, CallMedia.Audio, "Alice A.", [])
        },
        {
            "call:started",
            """{"callId":"c1","callerId":"alice","callerName":"Alice A.","type":"audio","channelId":"general","invited":["alice","bob"],"createdAt":"2026-11-22T10:00:00.123Z","seq":1}""",
            "call-c1", new CallStarted(Call, General, CallMedia.Audio, "Alice A.", [Build.User("alice"), Build.User("bob")])
        },
        {
            // The socket is the server's own business.
            "call:joined",
            """{"callId":"c1","userId":"alice","createdAt":"2026-11-22T10:00:00.123Z","device":"desktop","seq":1}""",
            "call-c1", new CallJoined(Call, Device.Desktop, "s-1")
        },
        {
            "call:declined",
            """{"callId":"c1","userId":"alice","createdAt":"2026-11-22T10:00:00.123Z","busy":true,"seq":1}""",
            "call-c1", new CallDeclined(Call, Busy: true)
        },
        {
            "call:unanswered",
            """{"callId":"c1","userIds":["bob","carol"],"createdAt":"2026-11-22T10:00:00.123Z","seq":1}""",
            "call-c1", new CallUnanswered(Call, [Build.User("bob"), Build.User("carol")])
        },
        {
            "call:left",
            """{"callId":"c1","userId":"alice","createdAt":"2026-11-22T10:00:00.123Z","seq":1}""",
            "call-c1", new CallLeft(Call)
        },
        {
            "call:end",
            """{"callId":"c1","reason":"ended","duration":61,"channelId":"general","createdAt":"2026-11-22T10:00:00.123Z","seq":1}""",
            "call-c1", new CallEnded(Call, General, CallEndReason.Ended, 61)
        },
        {
            "call:end",
            """{"callId":"c1","reason":"missed","duration":0,"channelId":"general","createdAt":"2026-11-22T10:00:00.123Z","seq":1}""",
            "user-bob", new CallEnded(Call, General, CallEndReason.Missed, 0)
        },
    };

    [Theory]
    [MemberData(nameof(Published))]
    public void Write_EveryEvent_IsAsPublished(string name, string expected, string stream, ConversationEvent happened)
    {
        var numbered = Build.Event(1, "alice", happened) with { Stream = StreamId.Parse(stream) };
        Assert.Equal(name, EventPayload.EventName(happened));
        Assert.Equal(expected, Json.Of(writer => EventPayload.Write(writer, numbered)));
    }

    [Fact]
    public void EventName_EveryKindOfEvent_HasOne()
    {
        var kinds = typeof(ConversationEvent).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(ConversationEvent))).Select(type => type.Name);
        var published = EventPayloadTests.Published.Select(row => row[2]).Concat(Published.Select(row => row[3])).Select(happened => happened.GetType().Name);
        Assert.Equal(kinds.Order(), published.Distinct().Order());
    }

    // Every word of these enumerations stands on the wire: a new value needs a word that is meant.
    [Fact]
    public void Words_OfEveryEnumeration_AreFixed()
    {
        Assert.Equal(["admin", "auditor", "member", "moderator"], Words<Role>.All.Order());
        Assert.Equal(["direct", "private", "public"], Words<ChannelVisibility>.All.Order());
        Assert.Equal(["direct", "mention", "reply"], Words<NotificationKind>.All.Order());
        Assert.Equal(["audio", "video"], Words<CallMedia>.All.Order());
        Assert.Equal(["declined", "ended", "missed"], Words<CallEndReason>.All.Order());
    }
}
