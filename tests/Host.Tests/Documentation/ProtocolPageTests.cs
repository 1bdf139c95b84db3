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
            "history" => HistoryQuery.TryParse(json, out _, out refusal),
            "access_token" => RefreshToken.TryParse(json, out _, out refusal),
            _ => throw new InvalidOperationException($"{frame.Event.Text} is no event of a client"),
        };
        Assert.Null(refusal);
    }

    [Fact]
    public void Example_OfMembership_IsWhatTheEncoderWrites()
    {
        var at = new DateTimeOffset(2026, 11, 22, 23, 33, 57, 722, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1_000;
        var stream = StreamId.Of(ChannelId.Parse("general"));
        var (alice, bob) = (UserId.Parse("alice"), UserId.Parse("bob"));

        AssertShown(new NumberedEvent(stream, 2, at, alice, new ConversationEvent.MemberAdded(bob)));
        AssertShown(new NumberedEvent(stream, 3, at, alice, new ConversationEvent.MemberRemoved(bob)));
    }

    [Fact]
    public void Example_OfAGap_IsWhatTheEncoderWrites() =>
        AssertShown(EventNames.ReplayGap, writer => NoticePayload.WriteReplayGap(writer, 5, 7));

    private static void AssertShown(NumberedEvent numbered) =>
        AssertShown(EventPayload.EventName(numbered.Event), writer => EventPayload.Write(writer, numbered));

    private static void AssertShown(string name, Action<Utf8JsonWriter> payload)
    {
        var buffer = new ArrayBufferWriter<byte>();
        FrameEncoder.WriteBroadcast(PhoenixVersion.V2, buffer, "channel:general", name, payload, static (writer, write) => write(writer));
        Assert.Contains(Encoding.UTF8.GetString(buffer.WrittenSpan), Page.Json());
    }

    private static TopicKind KindOf(string topic) => Topic.TryParse(topic, out var parsed) is TopicParse.Ok ? parsed.Kind : TopicKind.Channel;

    private static IEnumerable<T> Constants<T>(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (T)field.GetRawConstantValue()!);
}
