using System.Text;
using QuikApp.Protocol.Phoenix;

namespace QuikApp.Protocol.Tests.Phoenix;

public sealed class FrameDecoderV2Tests
{
    [Fact]
    public void TryDecode_Push_HasAllFive()
    {
        var frame = Frames.DecodeV2("""["1","2","channel:general","message:send",{"content":"hi"}]""");
        Assert.Equal(Ref.FromText("1"), frame.JoinRef);
        Assert.Equal(Ref.FromText("2"), frame.Ref);
        Assert.Equal("channel:general", frame.Topic.Text);
        Assert.Equal("message:send", frame.Event.Text);
        Assert.Equal("""{"content":"hi"}""", frame.Payload());
    }

    [Fact]
    public void TryDecode_Heartbeat_HasNoJoinRef()
    {
        var frame = Frames.DecodeV2("""[null,"1","phoenix","heartbeat",{}]""");
        Assert.True(frame.JoinRef.IsNull);
        Assert.Equal(PhoenixEvents.ConnectionTopic, frame.Topic.Text);
        Assert.Equal(PhoenixEvents.Heartbeat, frame.Event.Text);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("7")]
    [InlineData("1.0")]
    [InlineData("-0.0")]
    [InlineData("1e2")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("true")]
    [InlineData("[1,\"\\u0061\"]")]
    [InlineData("""{ "a" : [ ] }""")]
    public void TryDecode_AnyRef_IsKeptAsItIs(string json)
    {
        var frame = Frames.DecodeV2($"[ {json} , {json} ,\"t\",\"e\",{{}}]");
        Assert.Equal(json, frame.JoinRef.ToString());
        Assert.Equal(json, frame.Ref.ToString());
        Assert.Equal(json == "null", frame.Ref.IsNull);
    }

    [Fact]
    public void TryDecode_RefsOfOtherKinds_AreNotEqual()
    {
        string[] kinds = ["null", "\"\"", "\"1\"", "1", "1.0", "\"null\"", "true", "[]", "{}"];
        var refs = kinds.Select(kind => Frames.DecodeV2($"[null,{kind},\"t\",\"e\",{{}}]").Ref).ToList();
        for (var i = 0; i < refs.Count; i++)
        {
            for (var j = 0; j < refs.Count; j++)
            {
                Assert.Equal(i == j, refs[i] == refs[j]);
                Assert.Equal(i != j, refs[i] != refs[j]);
            }
        }
    }

    [Theory]
    [InlineData("\"\\u0031\"", "1")]
    [InlineData("\"\\ud83d\\ude00\"", "😀")]
    [InlineData("\"\\/\\u2028\"", "/\u2028")]
    [InlineData("\"a\\n\\\"\\\\\\u0001\"", "a\n\"\\\u0001")]
    public void TryDecode_RefWithEscapes_EqualsTheSameText(string json, string text)
    {
        var frame = Frames.DecodeV2($"[{json},{json},\"t\",\"e\",{{}}]");
        Assert.Equal(Ref.FromText(text), frame.JoinRef);
        Assert.Equal(Ref.FromText(text).GetHashCode(), frame.Ref.GetHashCode());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"x\"")]
    [InlineData("7")]
    [InlineData("[1, 2]")]
    [InlineData("\"\\u003c\"")]
    [InlineData("1e9999")]
    [InlineData("{\"__proto__\":{\"constructor\":1},\"$type\":\"x\",\"\":0}")]
    public void TryDecode_AnyPayload_IsTheSameBytes(string json) =>
        Assert.Equal(json, Frames.DecodeV2($"[null,null,\"t\",\"e\" , {json} ]").Payload());

    [Theory]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("{\"a\":1}")]
    [InlineData("[]")]
    [InlineData("true")]
    public void TryDecode_TopicOrEventThatIsNoString_IsKeptAsItIs(string json)
    {
        var frame = Frames.DecodeV2($"[null,null,{json},{json},null]");
        Assert.Null(frame.Topic.Text);
        Assert.Null(frame.Event.Text);
        Assert.Equal(json, frame.Topic.ToString());
        Assert.Equal(frame.Topic, frame.Event);
        Assert.NotEqual(FrameName.FromString(json), frame.Topic);
    }

    [Fact]
    public void TryDecode_TopicWithEscapes_IsUnescaped() =>
        Assert.Equal("channel:é\u2028😀", Frames.DecodeV2("""[null,null,"ch\u0061nnel:\u00e9\u2028\ud83d\ude00","e",{}]""").Topic.Text);

    [Theory]
    [InlineData("""["1","2","t","e",{},6]""")]
    [InlineData("""["1","2","t","e",{},{"a":[1]},null,"x"]""")]
    [InlineData(" \t\r\n[\"1\" , \"2\",\n\"t\",\"e\",{}]\r\n ")]
    public void TryDecode_MoreElementsAndWhiteSpace_AreIgnored(string json)
    {
        var frame = Frames.DecodeV2(json);
        Assert.Equal("e", frame.Event.Text);
        Assert.Equal("{}", frame.Payload());
    }

    [Fact]
    public void TryDecode_TenThousandElements_IsAFrame() =>
        Assert.Equal("{}", Frames.DecodeV2("[1,2,\"t\",\"e\",{}" + string.Concat(Enumerable.Repeat(",0", 9_995)) + "]").Payload());

    [Theory]
    [InlineData("[]")]
    [InlineData("[1]")]
    [InlineData("[1,2,3]")]
    [InlineData("""[null,"1","t","e"]""")]
    public void TryDecode_FewerThanFive_IsMissingField(string json) => Assert.Equal(FrameError.MissingField, Frames.RefusalV2(json));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"topic":"t","event":"e","payload":{},"ref":"1"}""")]
    [InlineData("5")]
    [InlineData("\"ping\"")]
    [InlineData("null")]
    [InlineData("true")]
    public void TryDecode_NoArray_IsWrongType(string json) => Assert.Equal(FrameError.WrongType, Frames.RefusalV2(json));

    [Fact]
    public void TryDecode_JsonWithBinaryOpcode_IsMalformed() =>
        Assert.Equal(
            FrameError.MalformedBinary,
            Frames.Refusal(PhoenixVersion.V2, binaryOpcode: true, Encoding.UTF8.GetBytes("""[null,"1","phoenix","heartbeat",{}]""")));

    [Fact]
    public void TryDecode_PayloadIsASliceAndTheRestIsNot()
    {
        var message = Encoding.UTF8.GetBytes("""["1","2","t","e",{"a":1}]""");
        var frame = Frames.Decode(PhoenixVersion.V2, binaryOpcode: false, message);
        Assert.True(System.Runtime.InteropServices.MemoryMarshal.TryGetArray(frame.Payload, out var segment));
        Assert.Same(message, segment.Array);

        Array.Fill(message, (byte)'9');
        Assert.Equal("\"1\"", frame.JoinRef.ToString());
        Assert.Equal("\"2\"", frame.Ref.ToString());
        Assert.Equal("t", frame.Topic.Text);
    }
}
