using System.Text;
using QuikApp.Protocol.Phoenix;

namespace QuikApp.Protocol.Tests.Phoenix;

public sealed class FrameDecoderBinaryTests
{
    [Fact]
    public void TryDecode_MeasuredPush_IsDecoded()
    {
        var frame = Frames.DecodeBinary("00 01 01 0a 03 | 31 | 32 | 6368616e6e656c3a6e31 | 62696e | 000102fdfeff");
        Assert.Equal(Ref.FromText("1"), frame.JoinRef);
        Assert.Equal(Ref.FromText("2"), frame.Ref);
        Assert.Equal("channel:n1", frame.Topic.Text);
        Assert.Equal("bin", frame.Event.Text);
        Assert.True(frame.IsBinary);
        Assert.Equal(Frames.Hex("000102fdfeff"), frame.Payload.ToArray());
    }

    [Fact]
    public void TryDecode_EmptyRefs_AreEmptyStringsAndNotNull()
    {
        var frame = Frames.DecodeBinary("00 00 00 01 01 | 74 | 65");
        Assert.False(frame.JoinRef.IsNull);
        Assert.Equal("\"\"", frame.JoinRef.ToString());
        Assert.Equal("\"\"", frame.Ref.ToString());
        Assert.NotEqual(Ref.Null, frame.Ref);
        Assert.True(frame.Payload.IsEmpty);
    }

    [Fact]
    public void TryDecode_RefWithQuotesAndControls_EqualsTheTextRef()
    {
        var binary = Frames.DecodeBinary("00 00 04 01 01 | 22 5c 0a 01 | 74 | 65").Ref;
        Assert.Equal(Frames.DecodeV2("""[null,"\"\\\n\u0001","t","e",{}]""").Ref, binary);
        Assert.Equal("\"\\\"\\\\\\n\\u0001\"", binary.ToString());
    }

    [Fact]
    public void TryDecode_LongestFields_AreDecoded()
    {
        byte[] message = [0, 255, 255, 255, 255, .. Enumerable.Repeat((byte)'x', 4 * 255), 1, 2];
        var frame = Frames.Decode(PhoenixVersion.V2, binaryOpcode: true, message);
        Assert.Equal(new string('x', 255), frame.Topic.Text);
        Assert.Equal([1, 2], frame.Payload.ToArray());
    }

    [Theory]
    [InlineData("00")]
    [InlineData("00 00 00 00")]
    [InlineData("00 01 01 01 01")]
    [InlineData("00 01 00 00 00")]
    [InlineData("00 00 00 00 01")]
    [InlineData("00 ff ff ff ff | 31")]
    [InlineData("00 01 01 0a 03 | 31 | 32 | 6368616e6e656c3a6e31 | 6269")]
    [InlineData("01 01 01 01 01 | 31 31 74 65")]
    [InlineData("02 01 01 | 74 65 | 00 00")]
    [InlineData("03 01 01 0e 03 00 01 | 36 37 | 7265616c74696d653a726f6f6d31 | 6d7367 | 7b2261223a317d")]
    [InlineData("09 00 00 01 01 | 74 65")]
    [InlineData("5b 31 2c 32 5d 00")]
    public void TryDecode_OtherKindOrSizesPastTheEnd_IsMalformed(string hex) =>
        Assert.Equal(FrameError.MalformedBinary, Frames.Refusal(PhoenixVersion.V2, binaryOpcode: true, Frames.Hex(hex)));

    [Fact]
    public void TryDecode_NoBytes_IsEmpty() => Assert.Equal(FrameError.Empty, Frames.Refusal(PhoenixVersion.V2, binaryOpcode: true, []));

    [Theory]
    [InlineData("00 01 00 01 01 | ff | 74 | 65")]
    [InlineData("00 00 01 01 01 | ff | 74 | 65")]
    [InlineData("00 00 00 01 01 | ff | 65")]
    [InlineData("00 00 00 01 01 | 74 | ff")]
    [InlineData("00 00 00 03 01 | eda080 | 65")]
    [InlineData("00 01 01 01 01 | c3 | a9 | 74 | 65")]
    public void TryDecode_NameThatIsNotUtf8_IsRefused(string hex) =>
        Assert.Equal(FrameError.InvalidUtf8, Frames.Refusal(PhoenixVersion.V2, binaryOpcode: true, Frames.Hex(hex)));

    [Fact]
    public void TryDecode_EveryTruncationOfAHeader_IsRefused()
    {
        var message = Frames.Hex("00 01 01 0a 03 | 31 | 32 | 6368616e6e656c3a6e31 | 62696e");
        for (var length = 0; length < message.Length; length++)
            Frames.Refusal(PhoenixVersion.V2, binaryOpcode: true, message[..length]);
        Assert.True(Frames.Decode(PhoenixVersion.V2, binaryOpcode: true, message).Payload.IsEmpty);
    }

    [Fact]
    public void TryDecode_TextOpcode_IsNotABinaryFrame() =>
        Assert.Equal(FrameError.NotJson, Frames.Refusal(PhoenixVersion.V2, binaryOpcode: false, Encoding.UTF8.GetBytes("\0\0\0\u0001\u0001te")));
}
