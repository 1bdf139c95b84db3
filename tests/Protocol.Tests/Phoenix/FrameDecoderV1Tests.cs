using System.Text;
using QuikApp.Protocol.Phoenix;

namespace QuikApp.Protocol.Tests.Phoenix;

public sealed class FrameDecoderV1Tests
{
    [Fact]
    public void TryDecode_Map_HasAllFour()
    {
        var frame = Frames.DecodeV1("""{"topic":"channel:a","event":"phx_join","payload":{"since":3},"ref":"1"}""");
        Assert.Equal("channel:a", frame.Topic.Text);
        Assert.Equal(PhoenixEvents.Join, frame.Event.Text);
        Assert.Equal("""{"since":3}""", frame.Payload());
        Assert.Equal(Ref.FromText("1"), frame.Ref);
        Assert.True(frame.JoinRef.IsNull);
        Assert.False(frame.IsBinary);
    }

    [Fact]
    public void TryDecode_JoinRef_IsAccepted() =>
        Assert.Equal(
            Ref.FromText("9"),
            Frames.DecodeV1("""{"topic":"t","event":"e","payload":{},"ref":null,"join_ref":"9"}""").JoinRef);

    [Fact]
    public void TryDecode_AnyOrderExtraKeysAndEscapedNames_AreFine()
    {
        var frame = Frames.DecodeV1(
            """ {"x":{"topic":"no","ref":[]},"ref":1,"payload":[{"event":"no"}],"e\u0076ent":"e","y":[1,{}],"topic":null} """);
        Assert.Equal("1", frame.Ref.ToString());
        Assert.Equal("""[{"event":"no"}]""", frame.Payload());
        Assert.Equal("e", frame.Event.Text);
        Assert.Equal(default, frame.Topic);
    }

    [Theory]
    [InlineData("""{"event":"e","payload":{},"ref":"1"}""")]
    [InlineData("""{"topic":"t","payload":{},"ref":"1"}""")]
    [InlineData("""{"topic":"t","event":"e","ref":"1"}""")]
    [InlineData("""{"topic":"t","event":"e","payload":{}}""")]
    [InlineData("""{"topic":"t","event":"e","payload":{},"Ref":"1"}""")]
    [InlineData("{}")]
    public void TryDecode_FieldMissing_IsMissingField(string json) => Assert.Equal(FrameError.MissingField, Frames.RefusalV1(json));

    [Theory]
    [InlineData("""[null,"1","phoenix","heartbeat",{}]""")]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("null")]
    public void TryDecode_NoObject_IsWrongType(string json) => Assert.Equal(FrameError.WrongType, Frames.RefusalV1(json));

    [Fact]
    public void TryDecode_FieldTwice_IsDuplicateKey() =>
        Assert.Equal(FrameError.DuplicateKey, Frames.RefusalV1("""{"topic":"t","event":"e","payload":{},"ref":"1","topic":"u"}"""));

    [Fact]
    public void TryDecode_JsonWithBinaryOpcode_IsAFrame()
    {
        var json = Encoding.UTF8.GetBytes("""{"topic":"t","event":"e","payload":"p","ref":null}""");
        var frame = Frames.Decode(PhoenixVersion.V1, binaryOpcode: true, json);
        Assert.Equal("\"p\"", frame.Payload());
    }

    [Fact]
    public void TryDecode_BinaryPush_IsNotJson() =>
        Assert.Equal(FrameError.NotJson, Frames.Refusal(PhoenixVersion.V1, binaryOpcode: true, [0, 0, 0, 1, 1, (byte)'t', (byte)'e']));
}
