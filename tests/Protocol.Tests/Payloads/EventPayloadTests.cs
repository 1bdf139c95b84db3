using System.Text.Json;
using CsCheck;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Protocol.Tests.Payloads;

public sealed class EventPayloadTests
{
    private static readonly Attachment File = new("a.png", 3, "image/png", new string('a', 64), "https://files.example/a.png");

    // Golden: the published payloads, member for member.
    public static TheoryData<string, string, ConversationEvent> Published => new()
    {
        {
            "message:new",
            """{"id":"m1","content":"hi","userId":"alice","channelId":"general","createdAt":"2026-11-22T10:00:00.123Z","attachments":[],"mentions":[],"seq":1}""",
            new ConversationEvent.MessageCreated(Build.Message("m1"), "hi", [], [], null, null)
        },
        {
            "message:new",
            $$"""{"id":"m1","content":"hi","userId":"alice","channelId":"general","createdAt":"2026-11-22T10:00:00.123Z","attachments":[{{Push.Attachment}}],"mentions":["bob","carol"],"seq":1,"clientId":"c-1"}""",
            new ConversationEvent.MessageCreated(Build.Message("m1"), "hi", [File], [Build.User("bob"), Build.User("carol")], null, "c-1")
        },
        {
            "message:update",
            """{"id":"m1","content":"ho","editedAt":"2026-11-22T10:00:00.123Z","userId":"alice","channelId":"general","mentions":["bob"],"seq":1}""",
            new ConversationEvent.MessageEdited(Build.Message("m1"), "ho", [Build.User("bob")])
        },
        {
            "message:delete",
            """{"id":"m1","deletedAt":"2026-11-22T10:00:00.123Z","userId":"alice","channelId":"general","seq":1}""",
            new ConversationEvent.MessageDeleted(Build.Message("m1"))
        },
        {
            "message:reaction",
            """{"messageId":"m1","userId":"alice","emoji":"thumbsup","action":"add","seq":1}""",
            new ConversationEvent.ReactionAdded(Build.Message("m1"), "thumbsup")
        },
        {
            "message:reaction",
            """{"messageId":"m1","userId":"alice","emoji":"❤️","action":"remove","seq":1}""",
            new ConversationEvent.ReactionRemoved(Build.Message("m1"), "❤️")
        },
        {
            "member:joined",
            """{"userId":"bob","channelId":"general","by":"alice","createdAt":"2026-11-22T10:00:00.123Z","seq":1}""",
            new ConversationEvent.MemberAdded(Build.User("bob"))
        },
        {
            "member:left",
            """{"userId":"bob","channelId":"general","by":"alice","createdAt":"2026-11-22T10:00:00.123Z","seq":1}""",
            new ConversationEvent.MemberRemoved(Build.User("bob"))
        },
        {
            "channel:created",
            """{"channelId":"general","workspaceId":"demo","name":"General","visibility":"private","createdAt":"2026-11-22T10:00:00.123Z","seq":1}""",
            new ConversationEvent.ChannelCreated(ChannelId.Parse("general"), WorkspaceId.Parse("demo"), "General", ChannelVisibility.Private)
        },
    };

    [Theory]
    [MemberData(nameof(Published))]
    public void Write_EveryEvent_IsAsPublished(string name, string expected, ConversationEvent happened)
    {
        var numbered = Build.Event(1, "alice", happened);
        Assert.Equal(name, EventPayload.EventName(happened));
        Assert.Equal(expected, Json.Of(writer => EventPayload.Write(writer, numbered)));
        Assert.Equal(
            $$"""{"event":"{{name}}","payload":{{expected}}}""",
            Json.Of(writer => HistoryItem.WriteFull(writer, numbered, new TopicContext(ChannelId.Parse("general")))));
    }

    [Fact]
    public void Write_EventOfAThread_NamesThreadAndItsChannel()
    {
        var thread = ThreadId.Parse("t1");
        var numbered = new NumberedEvent(
            StreamId.Of(thread), 4, Build.Start, Build.User("alice"),
            new ConversationEvent.MessageCreated(Build.Message("m1"), "hi", [], [], thread, null));
        using var payload = JsonDocument.Parse(Json.Of(writer => EventPayload.Write(writer, numbered, new TopicContext(ChannelId.Parse("random")))));
        Assert.Equal("random", payload.RootElement.GetProperty("channelId").GetString());
        Assert.Equal("t1", payload.RootElement.GetProperty("threadId").GetString());
    }

    [Fact]
    public void Write_ChannelNotKnownOrAnother_Throws()
    {
        var inThread = Build.Edited(1, "alice", "m1", "x") with { Stream = StreamId.Of(ThreadId.Parse("t1")) };
        Assert.Throws<ArgumentException>(() => Json.Of(writer => EventPayload.Write(writer, inThread)));
        Assert.Throws<ArgumentException>(() => Json.Of(writer => EventPayload.Write(writer, Build.Sent(1, "a", "m1"), new TopicContext(ChannelId.Parse("other")))));
    }

    [Theory]
    [InlineData(0, "1970-01-01T00:00:00.000Z")]
    [InlineData(999, "1970-01-01T00:00:00.000Z")]
    [InlineData(1_000, "1970-01-01T00:00:00.001Z")]
    [InlineData(999_999, "1970-01-01T00:00:00.999Z")]
    [InlineData(Build.Start, "2026-11-22T10:00:00.123Z")]
    public void Format_Microseconds_AreCut(long at, string expected) =>
        Assert.Equal(expected, Rfc3339.Format(DateTimeOffset.UnixEpoch.AddMicroseconds(at).ToOffset(TimeSpan.FromHours(-2))));

    [Fact]
    public void Write_AnyMessage_CanBeReadBack()
    {
        var text = Gen.String.Where(value => value == System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(value)));
        var attachment = Gen.Select(text, Gen.Long[0, PayloadLimits.MaxInteger], text, text, text, (name, size, type, sha, url) => new Attachment(name, size, type, sha, url));
        var user = Gen.OneOf<string>("alice", "bob", "carol", "d_-1");
        Gen.Select(text, attachment.Array[0, 3], user.Array[0, 3], text.Null(), Gen.Long[1, PayloadLimits.MaxInteger]).Sample(
            (content, attachments, mentions, clientId, seq) =>
            {
                var sent = new ConversationEvent.MessageCreated(Build.Message("m1"), content, [.. attachments], [.. mentions.Select(Build.User)], null, clientId);
                using var json = JsonDocument.Parse(Json.Of(writer => EventPayload.Write(writer, new NumberedEvent(Build.Stream, seq, Build.Start, Build.User("alice"), sent))));
                var payload = json.RootElement;
                Assert.Equal(content, payload.GetProperty("content").GetString());
                Assert.Equal(seq, payload.GetProperty("seq").GetInt64());
                Assert.Equal(mentions, payload.GetProperty("mentions").EnumerateArray().Select(item => item.GetString()));
                Assert.Equal(clientId, payload.TryGetProperty("clientId", out var key) ? key.GetString() : null);
                Assert.Equal(attachments, payload.GetProperty("attachments").EnumerateArray().Select(Read));
            },
            iter: 2_000);

        static Attachment Read(JsonElement item) => new(
            item.GetProperty("name").GetString()!, item.GetProperty("size").GetInt64(), item.GetProperty("type").GetString()!,
            item.GetProperty("sha256").GetString()!, item.GetProperty("url").GetString()!);
    }

    [Fact]
    public void Write_Notices_AreAsPublished()
    {
        var alice = Build.User("alice");
        var general = ChannelId.Parse("general");
        Assert.Equal("""{"userId":"alice","channelId":"general"}""", Json.Of(writer => NoticePayload.WriteTyping(writer, alice, general)));
        Assert.Equal(
            """{"userId":"alice","channelId":"general","threadId":"t1"}""",
            Json.Of(writer => NoticePayload.WriteTyping(writer, alice, general, ThreadId.Parse("t1"))));
        Assert.Equal("""{"head":12}""", Json.Of(writer => NoticePayload.WriteReplayDone(writer, 12)));
        Assert.Equal("""{"from":3,"to":5}""", Json.Of(writer => NoticePayload.WriteReplayGap(writer, 3, 5)));
        var time = DateTimeOffset.UnixEpoch.AddMicroseconds(Build.Start);
        Assert.Equal("""{"expiresAt":"2026-11-22T10:00:00.123Z"}""", Json.Of(writer => NoticePayload.WriteTokenExpiring(writer, time)));
        Assert.Equal(
            """{"id":"m1","seq":7,"createdAt":"2026-11-22T10:00:00.123Z"}""",
            Json.Of(writer => ReplyPayload.WriteSent(writer, Build.Message("m1"), 7, time)));
        Assert.Equal("""{"seq":7}""", Json.Of(writer => ReplyPayload.WriteSeq(writer, 7)));
    }
}
