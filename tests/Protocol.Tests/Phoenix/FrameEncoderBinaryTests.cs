using System.Buffers;
using QuikApp.Protocol.Phoenix;

namespace QuikApp.Protocol.Tests.Phoenix;

public sealed class FrameEncoderBinaryTests
{
    private static readonly byte[] Data = Frames.Hex("000102fdfeff");

    [Fact]
    public void TryWriteBinaryReply_Measured_IsTheseBytes() =>
        AssertBytes(
            "01 01 01 0a 02 | 31 | 32 | 6368616e6e656c3a6e31 | 6f6b | 000102fdfeff",
            output => FrameEncoder.TryWriteBinaryReply(output, Ref.FromText("1"), Ref.FromText("2"), "channel:n1", "ok", Data));

    [Fact]
    public void TryWriteBinaryReply_Error_HasThatStatus() =>
        AssertBytes(
            "01 01 01 01 05 | 31 | 32 | 74 | 6572726f72",
            output => FrameEncoder.TryWriteBinaryReply(output, Ref.FromText("1"), Ref.FromText("2"), "t", "error", default));

    [Fact]
    public void TryWriteBinaryPush_Measured_IsTheseBytes() =>
        AssertBytes(
            "00 02 0b 0a | 3132 | 6368616e6e656c3a6e3130 | 7075736865645f62696e | 010203",
            output => FrameEncoder.TryWriteBinaryPush(output, Ref.FromText("12"), "channel:n10", "pushed_bin", [1, 2, 3]));

    [Fact]
    public void TryWriteBinaryBroadcast_Measured_IsTheseBytes() =>
        AssertBytes(
            "02 0b 07 | 6368616e6e656c3a6e3131 | 62696e3a6e6577 | 000102fdfeff",
            output => FrameEncoder.TryWriteBinaryBroadcast(output, "channel:n11", "bin:new", Data));

    [Theory]
    [InlineData("null", "")]
    [InlineData("\"\"", "")]
    [InlineData("7", "37")]
    [InlineData("1.0", "312e30")]
    [InlineData("true", "74727565")]
    [InlineData("\"\\\"\\u000a\\u00e9\"", "220ac3a9")]
    public void TryWriteBinary_RefOfAnyScalar_IsItsText(string json, string hex)
    {
        var @ref = Frames.DecodeV2($"[null,{json},\"t\",\"e\",{{}}]").Ref;
        AssertBytes(
            $"01 00 {hex.Length / 2:x2} 01 02 | {hex} | 74 | 6f6b",
            output => FrameEncoder.TryWriteBinaryReply(output, Ref.Null, @ref, "t", "ok", default));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"a\":1}")]
    public void TryWriteBinary_RefThatIsNoScalar_IsAResultAndNothingIsWritten(string json)
    {
        var @ref = Frames.DecodeV2($"[null,{json},\"t\",\"e\",{{}}]").Ref;
        AssertNothing(BinaryEncodeResult.RefNotText, output => FrameEncoder.TryWriteBinaryReply(output, Ref.Null, @ref, "t", "ok", Data));
        AssertNothing(BinaryEncodeResult.RefNotText, output => FrameEncoder.TryWriteBinaryPush(output, @ref, "t", "e", Data));
    }

    [Fact]
    public void TryWriteBinary_FieldsOf255Bytes_AreWritten()
    {
        var longest = new string('é', 127) + "x";
        var frame = ServerFrames.ReadBinary(ServerFrames.Bytes(output => Assert.Equal(
            BinaryEncodeResult.Written,
            FrameEncoder.TryWriteBinaryReply(output, Ref.FromText(longest), Ref.FromText(longest), longest, longest, Data))));
        Assert.Equal([longest, longest, longest, longest], frame.Fields);
        Assert.Equal(Data, frame.Data);
    }

    [Fact]
    public void TryWriteBinary_FieldOf256Bytes_IsAResultAndNothingIsWritten()
    {
        string[] tooLong = [new('x', 256), new('é', 128), new string('x', 255) + "\n", new('x', 100_000)];
        foreach (var text in tooLong)
        {
            AssertNothing(BinaryEncodeResult.FieldTooLong, output => FrameEncoder.TryWriteBinaryReply(output, Ref.FromText(text), Ref.Null, "t", "ok", Data));
            AssertNothing(BinaryEncodeResult.FieldTooLong, output => FrameEncoder.TryWriteBinaryReply(output, Ref.Null, Ref.FromText(text), "t", "ok", Data));
            AssertNothing(BinaryEncodeResult.FieldTooLong, output => FrameEncoder.TryWriteBinaryReply(output, Ref.Null, Ref.Null, text, "ok", Data));
            AssertNothing(BinaryEncodeResult.FieldTooLong, output => FrameEncoder.TryWriteBinaryReply(output, Ref.Null, Ref.Null, "t", text, Data));
            AssertNothing(BinaryEncodeResult.FieldTooLong, output => FrameEncoder.TryWriteBinaryPush(output, Ref.FromText(text), "t", "e", Data));
            AssertNothing(BinaryEncodeResult.FieldTooLong, output => FrameEncoder.TryWriteBinaryPush(output, Ref.Null, text, "e", Data));
            AssertNothing(BinaryEncodeResult.FieldTooLong, output => FrameEncoder.TryWriteBinaryPush(output, Ref.Null, "t", text, Data));
            AssertNothing(BinaryEncodeResult.FieldTooLong, output => FrameEncoder.TryWriteBinaryBroadcast(output, text, "e", Data));
            AssertNothing(BinaryEncodeResult.FieldTooLong, output => FrameEncoder.TryWriteBinaryBroadcast(output, "t", text, Data));
        }
    }

    [Fact]
    public void TryWriteBinary_RefLongerInJsonThanInText_IsWritten()
    {
        // 200 line feeds are 402 bytes of JSON.
        var text = new string('\n', 200);
        var frame = ServerFrames.ReadBinary(ServerFrames.Bytes(output => FrameEncoder.TryWriteBinaryPush(output, Ref.FromText(text), "t", "e", Data)));
        Assert.Equal([text, "t", "e"], frame.Fields);
    }

    private static void AssertBytes(string hex, Func<IBufferWriter<byte>, BinaryEncodeResult> write) =>
        Assert.Equal(
            Convert.ToHexString(Frames.Hex(hex)),
            Convert.ToHexString(ServerFrames.Bytes(output => Assert.Equal(BinaryEncodeResult.Written, write(output)))));

    private static void AssertNothing(BinaryEncodeResult expected, Func<IBufferWriter<byte>, BinaryEncodeResult> write) =>
        Assert.Empty(ServerFrames.Bytes(output => Assert.Equal(expected, write(output))));
}
