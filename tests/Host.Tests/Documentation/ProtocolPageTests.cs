using System.Buffers;
using System.Reflection;
using System.Text;
using System.Text.Json;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using QuikApp.Protocol.Phoenix;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Host.Tests.Documentation;

/// <summary>The page for people who write clients names everything that the code has, and its examples are what the code reads and writes.</summary>
public sealed class ProtocolPageTests
{
    private static readonly string[] PhoenixFrames =
        [PhoenixEvents.Reply, PhoenixEvents.Close, PhoenixEvents.Error, PhoenixEvents.Heartbeat, PhoenixEvents.Leave];

    private static readonly Document Page = Document.Read("protocol.md");

    public static TheoryData<string> Examples() => [.. Page.Json()];

    [Fact]
    public void Refusals_OfTheCode_AreExactlyThoseOfTheTable() =>
        Assert.Equal(
            Reasons.All.Select(Reasons.Text).Order(StringComparer.Ordinal),
            Page.Section("## Refusals").Rows().Select(row => row[0].Trim('`')).Order(StringComparer.Ordinal));

    [Fact]
    public void Refusals_EveryFault_HasItsDetailOnThePage()
    {
        var refusals = Page.Section("## Refusals");
        Assert.All(Enum.GetValues<PayloadFault>(), fault => Assert.True(refusals.Contains($"`{Refusal.InvalidPayload(fault).Detail}`"), $"{fault}"));
    }

    [Fact]
    public void CloseCodes_OfTheCode_AreExactlyThoseOfTheTable() =>
        Assert.Equal(
            Constants<int>(typeof(CloseCode)).Order(),
            Page.Section("## Close codes").Rows().Select(row => int.Parse(row[0], System.Globalization.CultureInfo.InvariantCulture)).Order());

    [Fact]
    public void ServerEvents_OfTheCode_EachHaveAnExample()
    {
        var shown = Page.Section("## Server events").Json().Select(line => JsonDocument.Parse(line).RootElement[3].GetString()).ToHashSet();
        Assert.Equal(Constants<string>(typeof(EventNames)).Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_EachLine_IsAFrame(string line)
    {
        var version = line[0] == '[' ? PhoenixVersion.V2 : PhoenixVersion.V1;
        Assert.True(FrameDecoder.TryDecode(version, binaryOpcode: false, Encoding.UTF8.GetBytes(line), out _, out var error), $"{error}");
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_FromTheClient_IsAcceptedByItsParser(string line)
    {
        var version = line[0] == '[' ? PhoenixVersion.V2 : PhoenixVersion.V1;
        Assert.True(FrameDecoder.TryDecode(version, binaryOpcode: false, Encoding.UTF8.GetBytes(line), out var frame, out _));
        if (frame.Ref.IsNull || PhoenixFrames.Contains(frame.Event.Text))
            return;

        var json = frame.Payload.Span;
        Refusal? refusal = null;
        _ = frame.Event.Text switch
        {
            "phx_join" => JoinParams.TryParse(json, KindOf(frame.Topic.Text!), out _, out refusal),
            "message:send" => SendMessage.TryParse(json, out _, out refusal),
            "message:update" => UpdateMessage.TryParse(json, out _, out refusal),
            "message:delete" => DeleteMessage.TryParse(json, out _, out refusal),
            "message:reaction" => ReactToMessage.TryParse(json, out _, out refusal),
            "typing:start" or "typing:stop" => Typing.TryParse(json, out _, out refusal),
            "read" => MarkRead.TryParse(json, out _, out refusal),
            "thread:start" => StartThread.TryParse(json, out _, out refusal),
            "presence:update" => UpdatePresence.TryParse(json, out _, out refusal),
            "call:start" => StartCall.TryParse(json, out _, out refusal),
            "call:accept" => CallStep.TryParse(json, accepting: true, out _, out refusal),
            "call:decline" or "call:end" => CallStep.TryParse(json, accepting: false, out _, out refusal),
            "call:signal" => CallSignal.TryParse(json, out _, out refusal),
            "history" => HistoryQuery.TryParse(json, out _, out refusal),
            "access_token" => RefreshToken.TryParse(json, out _, out refusal),
            _ => throw new InvalidOperationException($"{frame.Event.Text} is no event of a client"),
        };
        Assert.Null(refusal);
    }

    [Fact]
    public void Example_OfTheEncoder_IsWhatItWrites()
    {
        var at = new DateTimeOffset(2026, 11, 22, 23, 33, 57, 722, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1_000;
        var stream = StreamId.Of(ChannelId.Parse("general"));
        var (alice, bob) = (UserId.Parse("alice"), UserId.Parse("bob"));

        var general = ChannelId.Parse("general");
        AssertShown("channel:general", new NumberedEvent(stream, 2, at, alice, new ConversationEvent.MemberAdded(bob)));
        AssertShown("channel:general", new NumberedEvent(stream, 3, at, alice, new ConversationEvent.MemberRemoved(bob)));
        AssertShown("channel:general", new NumberedEvent(stream, 2, at, alice, new ConversationEvent.ChannelRenamed(general, "Everybody")));
        AssertShown("channel:general", new NumberedEvent(stream, 3, at, alice, new ConversationEvent.ChannelArchived(general)));
        AssertShown("channel:general", new NumberedEvent(stream, 4, at, alice, new ConversationEvent.ChannelRestored(general)));

        var workspace = StreamId.Of(WorkspaceId.Parse("demo"));
        AssertShown("workspace:demo", new NumberedEvent(workspace, 7, at, alice, new ConversationEvent.MemberChanged(bob, Role.Moderator)));
        AssertShown("workspace:demo", new NumberedEvent(workspace, 7, at, alice, new ConversationEvent.WorkspaceRenamed("Demonstration")));
        AssertShown("workspace:demo", new NumberedEvent(workspace, 8, at, alice, new ConversationEvent.WorkspaceArchived()));
        AssertShown("workspace:demo", new NumberedEvent(workspace, 9, at, alice, new ConversationEvent.WorkspaceRestored()));
        AssertShown("workspace:demo", new NumberedEvent(workspace, 10, at, alice, new ConversationEvent.AnnouncementMade("Maintenance at noon")));

        var (user, plans) = (StreamId.Of(bob), ChannelId.Parse("plans"));
        var joined = new ConversationEvent.ChannelJoined(plans, WorkspaceId.Parse("demo"), "Plans", ChannelVisibility.Private);
        AssertShown("user:bob", new NumberedEvent(user, 1, at, alice, joined));
        AssertShown("user:bob", new NumberedEvent(user, 2, at, alice, new ConversationEvent.ChannelLeft(plans)));
        AssertShown("user:bob", new NumberedEvent(user, 3, at, UserId.Parse("root"), new ConversationEvent.AccessRevoked()));

        var call = CallId.Parse("call_01M8DN49BRVYTM9D5S6H93CTQW");
        var unanswered = new ConversationEvent.CallUnanswered(call, [UserId.Parse("carol")]);
        AssertShown($"call:{call}", new NumberedEvent(StreamId.Of(call), 4, at, alice, unanswered));
    }

    [Fact]
    public void Example_OfAGap_IsWhatTheEncoderWrites() =>
        AssertShown("channel:general", EventNames.ReplayGap, writer => NoticePayload.WriteReplayGap(writer, 5, 7));

    private static void AssertShown(string topic, NumberedEvent numbered) =>
        AssertShown(topic, EventPayload.EventName(numbered.Event), writer => EventPayload.Write(writer, numbered));

    private static void AssertShown(string topic, string name, Action<Utf8JsonWriter> payload)
    {
        var buffer = new ArrayBufferWriter<byte>();
        FrameEncoder.WriteBroadcast(PhoenixVersion.V2, buffer, topic, name, payload, static (writer, write) => write(writer));
        Assert.Contains(Encoding.UTF8.GetString(buffer.WrittenSpan), Page.Json());
    }

    private static TopicKind KindOf(string topic) => Topic.TryParse(topic, out var parsed) is TopicParse.Ok ? parsed.Kind : TopicKind.Channel;

    private static IEnumerable<T> Constants<T>(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (T)field.GetRawConstantValue()!);
}
