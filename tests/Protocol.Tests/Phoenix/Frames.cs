using System.Text;
using QuikApp.Protocol.Phoenix;

namespace QuikApp.Protocol.Tests.Phoenix;

/// <summary>Short forms for the frame tests.</summary>
internal static class Frames
{
    public static ClientFrame DecodeV1(string json) => Decode(PhoenixVersion.V1, binaryOpcode: false, Encoding.UTF8.GetBytes(json));

    public static ClientFrame DecodeV2(string json) => Decode(PhoenixVersion.V2, binaryOpcode: false, Encoding.UTF8.GetBytes(json));

    public static ClientFrame DecodeBinary(string hex) => Decode(PhoenixVersion.V2, binaryOpcode: true, Hex(hex));

    public static ClientFrame Decode(PhoenixVersion version, bool binaryOpcode, byte[] message)
    {
        Assert.True(FrameDecoder.TryDecode(version, binaryOpcode, message, out var frame, out var error), error.ToString());
        Assert.Equal(FrameError.None, error);
        return frame;
    }

    public static FrameError Refusal(PhoenixVersion version, bool binaryOpcode, byte[] message)
    {
        Assert.False(FrameDecoder.TryDecode(version, binaryOpcode, message, out var frame, out var error), "it was accepted");
        Assert.True(frame.Payload.IsEmpty);
        Assert.True(frame.Ref.IsNull);
        return error;
    }

    public static FrameError RefusalV1(string json) => Refusal(PhoenixVersion.V1, binaryOpcode: false, Encoding.UTF8.GetBytes(json));

    public static FrameError RefusalV2(string json) => Refusal(PhoenixVersion.V2, binaryOpcode: false, Encoding.UTF8.GetBytes(json));

    public static string Payload(this ClientFrame frame)
    {
        Assert.False(frame.IsBinary);
        return Encoding.UTF8.GetString(frame.Payload.Span);
    }

    /// <summary>Bytes from hexadecimal digits; spaces and bars are for the eye.</summary>
    public static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal).Replace("|", "", StringComparison.Ordinal));
}
