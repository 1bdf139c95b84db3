using System.Buffers;
using System.Text;
using System.Text.Json;
using QuikApp.Protocol.Phoenix;

namespace QuikApp.Protocol.Tests.Phoenix;

public sealed class FrameEncoderTests
{
    private const PhoenixVersion V1 = PhoenixVersion.V1;
    private const PhoenixVersion V2 = PhoenixVersion.V2;

    private static readonly Ref One = Ref.FromText("1");
    private static readonly Ref Two = Ref.FromText("2");

    [Fact]
    public void WriteReply_Heartbeat_HasANullJoinRef() =>
        AssertText(
            """[null,"1","phoenix","phx_reply",{"status":"ok","response":{}}]""",
            """{"topic":"phoenix","event":"phx_reply","payload":{"status":"ok","response":{}},"ref":"1"}""",
            (version, output) => FrameEncoder.WriteReply(version, output, Ref.Null, One, "phoenix", "ok", "{}"u8));

    [Fact]
    public void WriteReply_Join_CarriesBothRefs() =>
        AssertText(
            """["1","2","channel:a","phx_reply",{"status":"ok","response":{"head":3}}]""",
            """{"topic":"channel:a","event":"phx_reply","payload":{"status":"ok","response":{"head":3}},"ref":"2"}""",
            (version, output) => FrameEncoder.WriteReply(version, output, One, Two, "channel:a", "ok", """{"head":3}"""u8));

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("7")]
    [InlineData("1.0")]
    [InlineData("-0.0")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("{\"a\":[1]}")]
    public void WriteReply_AnyRef_IsEchoed(string json)
    {
        var frame = Frames.DecodeV2($"[{json},{json},\"t\",\"e\",{{}}]");
        Assert.Equal(
            $"[{json},{json},\"t\",\"phx_reply\",{{\"status\":\"ok\",\"response\":{{}}}}]",
            ServerFrames.Text(output => FrameEncoder.WriteReply(V2, output, frame.JoinRef, frame.Ref, frame.Topic, "ok", "{}"u8)));
        Assert.Equal(
            $"{{\"topic\":\"t\",\"event\":\"phx_reply\",\"payload\":{{\"status\":\"ok\",\"response\":{{}}}},\"ref\":{json}}}",
            ServerFrames.Text(output => FrameEncoder.WriteReply(V1, output, frame.JoinRef, frame.Ref, frame.Topic, "ok", "{}"u8)));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("{\"a\":1}")]
    [InlineData("\"nosuch:1\"")]
    public void WriteRefusal_UnmatchedTopic_EchoesTheTopicAsItIs(string topic)
    {
        var frame = Frames.DecodeV2($"[\"1\",\"2\",{topic},\"phx_join\",{{}}]");
        AssertText(
            $"[null,\"2\",{topic},\"phx_reply\",{{\"status\":\"error\",\"response\":{{\"reason\":\"unmatched topic\"}}}}]",
            $"{{\"topic\":{topic},\"event\":\"phx_reply\",\"payload\":{{\"status\":\"error\",\"response\":{{\"reason\":\"unmatched topic\"}}}},\"ref\":\"2\"}}",
            (version, output) => FrameEncoder.WriteRefusal(version, output, Ref.Null, frame.Ref, frame.Topic, PhoenixEvents.ReasonUnmatchedTopic));
    }

    [Theory]
    [InlineData(PhoenixEvents.ReasonUnauthorized)]
    [InlineData(PhoenixEvents.ReasonJoinCrashed)]
    [InlineData(PhoenixEvents.ReasonTooManyChannels)]
    public void WriteRefusal_Join_CarriesBothRefs(string reason) =>
        Assert.Equal(
            $"[\"1\",\"1\",\"channel:a\",\"phx_reply\",{{\"status\":\"error\",\"response\":{{\"reason\":\"{reason}\"}}}}]",
            ServerFrames.Text(output => FrameEncoder.WriteRefusal(V2, output, One, One, "channel:a", reason)));

    [Fact]
    public void WritePush_HasANullRef() =>
        AssertText(
            """["7",null,"t","pushed",{"a":1}]""",
            """{"topic":"t","event":"pushed","payload":{"a":1},"ref":null}""",
            (version, output) => FrameEncoder.WritePush(version, output, Ref.FromText("7"), "t", "pushed", """{"a":1}"""u8));

    [Fact]
    public void WriteBroadcast_HasNoRefs() =>
        AssertText(
            """[null,null,"channel:a","message:new",{"a":1}]""",
            """{"topic":"channel:a","event":"message:new","payload":{"a":1},"ref":null}""",
            (version, output) => FrameEncoder.WriteBroadcast(version, output, "channel:a", "message:new", """{"a":1}"""u8));

    [Fact]
    public void WriteClose_HasTheJoinRefTwice() =>
        AssertText(
            """["1","1","t","phx_close",{}]""",
            """{"topic":"t","event":"phx_close","payload":{},"ref":"1"}""",
            (version, output) => FrameEncoder.WriteClose(version, output, One, "t"));

    [Fact]
    public void WriteError_HasTheJoinRefTwiceAndTheReason() =>
        AssertText(
            """["3","3","t","phx_error",{"reason":"channel_crash"}]""",
            """{"topic":"t","event":"phx_error","payload":{"reason":"channel_crash"},"ref":"3"}""",
            (version, output) => FrameEncoder.WriteError(version, output, Ref.FromText("3"), "t"));

    [Fact]
    public void WriteCloseAndError_JoinedWithoutJoinRef_HaveANullRef()
    {
        AssertText(
            """[null,null,"t","phx_close",{}]""",
            """{"topic":"t","event":"phx_close","payload":{},"ref":null}""",
            (version, output) => FrameEncoder.WriteClose(version, output, Ref.Null, "t"));
        AssertText(
            """[null,null,"t","phx_error",{"reason":"channel_crash"}]""",
            """{"topic":"t","event":"phx_error","payload":{"reason":"channel_crash"},"ref":null}""",
            (version, output) => FrameEncoder.WriteError(version, output, Ref.Null, "t"));
    }

    [Fact]
    public void Write_TextOfTheEnvelope_EscapesOnlyWhatMustBe()
    {
        const string Name = "/<>&'+é\u2028\u2029\u007f\u00a0\ufeff😀";
        Assert.Equal(
            $"[null,null,\"{Name}\",\"{Name}\",0]",
            ServerFrames.Text(output => FrameEncoder.WriteBroadcast(V2, output, Name, Name, "0"u8)));
        Assert.Equal(
            """[null,null,"\"\\\b\f\n\r\t\u0000\u001f","a\"b\\c",0]""",
            ServerFrames.Text(output => FrameEncoder.WriteBroadcast(V2, output, "\"\\\b\f\n\r\t\0\u001f", "a\"b\\c", "0"u8)));
    }

    [Fact]
    public void Write_LoneSurrogateOfTheServer_StaysUtf8() =>
        Assert.Equal(
            "[null,null,\"a\ufffdb\",\"e\",0]",
            ServerFrames.Text(output => FrameEncoder.WriteBroadcast(V2, output, "a\ud83db", "e", "0"u8)));

    [Theory]
    [InlineData("null")]
    [InlineData("\"x\"")]
    [InlineData("[1.0,1e2,-0.0,123456789012345678901234567890]")]
    [InlineData("{ \"a\" : \"\u2028/<\" }")]
    public void Write_PayloadBytes_AreTakenAsTheyAre(string payload) =>
        Assert.Equal(
            $"[null,null,\"t\",\"e\",{payload}]",
            ServerFrames.Text(output => FrameEncoder.WriteBroadcast(V2, output, "t", "e", Encoding.UTF8.GetBytes(payload))));

    [Fact]
    public void Write_NoPayloadAtAll_IsABug() =>
        Assert.Throws<ArgumentException>(() => FrameEncoder.WriteBroadcast(V2, new ArrayBufferWriter<byte>(), "t", "e", default));

    [Fact]
    public void Write_PayloadWriter_GivesTheSameFrameAsBytes()
    {
        static void Payload(Utf8JsonWriter writer, int state)
        {
            writer.WriteStartObject();
            writer.WriteNumber("n", state);
            writer.WriteString("s", "/<é");
            writer.WriteEndObject();
        }

        var json = """{"n":5,"s":"/<é"}"""u8.ToArray();
        foreach (var version in new[] { V1, V2 })
        {
            Assert.Equal(
                ServerFrames.Text(output => FrameEncoder.WriteReply(version, output, One, Two, "t", "ok", json)),
                ServerFrames.Text(output => FrameEncoder.WriteReply(version, output, One, Two, "t", "ok", 5, Payload)));
            Assert.Equal(
                ServerFrames.Text(output => FrameEncoder.WritePush(version, output, One, "t", "e", json)),
                ServerFrames.Text(output => FrameEncoder.WritePush(version, output, One, "t", "e", 5, Payload)));
            Assert.Equal(
                ServerFrames.Text(output => FrameEncoder.WriteBroadcast(version, output, "t", "e", json)),
                ServerFrames.Text(output => FrameEncoder.WriteBroadcast(version, output, "t", "e", 5, Payload)));
        }
    }

    [Fact]
    public void Write_PayloadWriterThatDoesNotWriteOneValue_IsABug()
    {
        var output = new ArrayBufferWriter<byte>();
        Assert.Throws<InvalidOperationException>(() => FrameEncoder.WriteBroadcast(V2, output, "t", "e", 0, (_, _) => { }));
        Assert.Throws<InvalidOperationException>(() => FrameEncoder.WriteBroadcast(V2, output, "t", "e", 0, (writer, _) => writer.WriteStartObject()));
        Assert.Throws<InvalidOperationException>(() => FrameEncoder.WriteBroadcast(V2, output, "t", "e", 0, (writer, state) =>
        {
            writer.WriteNumberValue(state);
            writer.WriteNumberValue(state);
        }));
    }

    [Fact]
    public void WriterOptions_OfTheLibrary_EscapeMoreThanPhoenixDoes()
    {
        // Recorded so that a change of the library is noticed: the same JSON, more bytes.
        static string Payload(string text) => ServerFrames.Text(output =>
            FrameEncoder.WriteBroadcast(V2, output, "t", "e", text, static (writer, state) => writer.WriteStringValue(state)));

        Assert.Equal("[null,null,\"t\",\"e\",\"/<>&'+é漢\u200d\"]", Payload("/<>&'+é漢\u200d"));
        Assert.Equal("""[null,null,"t","e","\u2028\u2029"]""", Payload("\u2028\u2029"));
        Assert.Equal("""[null,null,"t","e","\uD83D\uDE00"]""", Payload("😀"));
        Assert.Equal("""[null,null,"t","e","\u007F\u00A0\u3000\uE000\uFEFF"]""", Payload("\u007f\u00a0\u3000\ue000\ufeff"));
    }

    private static void AssertText(string v2, string v1, Action<PhoenixVersion, IBufferWriter<byte>> write)
    {
        ServerFrames.AssertJson(v2, ServerFrames.Text(output => write(V2, output)));
        ServerFrames.AssertJson(v1, ServerFrames.Text(output => write(V1, output)));
    }
}
