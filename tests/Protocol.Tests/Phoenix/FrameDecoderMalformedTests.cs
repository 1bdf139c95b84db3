using System.Text;
using QuikApp.Protocol.Phoenix;

namespace QuikApp.Protocol.Tests.Phoenix;

/// <summary>What no version allows. Each payload is tried in both wrappers.</summary>
public sealed class FrameDecoderMalformedTests
{
    [Theory]
    [InlineData("ping")]
    [InlineData(" ")]
    [InlineData("[")]
    [InlineData("]")]
    [InlineData("[null,\"1\",\"t\",\"e\",{}")]
    [InlineData("[null,\"1\",\"t\",\"e\",{}],")]
    [InlineData("[null,\"1\",\"t\",\"e\",{}]x")]
    [InlineData("[null,\"1\",\"t\",\"e\",{}] []")]
    [InlineData("[null,\"1\",\"t\",\"e\",{}]\0")]
    [InlineData("\ufeff[null,\"1\",\"t\",\"e\",{}]")]
    [InlineData("[null,\"1\",\"t\",\"e\",{},]")]
    [InlineData("[null,,\"t\",\"e\",{}]")]
    [InlineData("[null \"1\",\"t\",\"e\",{}]")]
    [InlineData("// x\n[null,\"1\",\"t\",\"e\",{}]")]
    [InlineData("[null,\"1\",\"t\",\"e\",{}]/**/")]
    [InlineData("\u00a0[null,\"1\",\"t\",\"e\",{}]")]
    public void TryDecode_NotJson_IsRefusedInV2(string text) => Assert.Equal(FrameError.NotJson, Frames.RefusalV2(text));

    [Theory]
    [InlineData("ping")]
    [InlineData("{")]
    [InlineData("{\"topic\":\"t\",\"event\":\"e\",\"payload\":{},\"ref\":\"1\"")]
    [InlineData("{\"topic\":\"t\",\"event\":\"e\",\"payload\":{},\"ref\":\"1\"}}")]
    [InlineData("{\"topic\":\"t\",\"event\":\"e\",\"payload\":{},\"ref\":\"1\",}")]
    [InlineData("\ufeff{\"topic\":\"t\",\"event\":\"e\",\"payload\":{},\"ref\":\"1\"}")]
    [InlineData("{topic:\"t\",\"event\":\"e\",\"payload\":{},\"ref\":\"1\"}")]
    public void TryDecode_NotJson_IsRefusedInV1(string text) => Assert.Equal(FrameError.NotJson, Frames.RefusalV1(text));

    [Theory]
    [InlineData(PhoenixVersion.V1)]
    [InlineData(PhoenixVersion.V2)]
    public void TryDecode_NoBytes_IsEmpty(PhoenixVersion version) => Assert.Equal(FrameError.Empty, Frames.Refusal(version, binaryOpcode: false, []));

    [Theory]
    [InlineData("nul")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("01")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("+1")]
    [InlineData("-")]
    [InlineData("1e")]
    [InlineData("0x1")]
    [InlineData("'a'")]
    [InlineData("\"a")]
    [InlineData("\"\t\"")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u00\"")]
    [InlineData("\"\\u00zz\"")]
    [InlineData("{\"a\"}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{1:1}")]
    [InlineData("[1,]")]
    [InlineData("[1 2]")]
    [InlineData("{\"a\":1]")]
    [InlineData("/*x*/1")]
    public void TryDecode_PayloadNotJson_IsRefused(string payload) => AssertPayload(FrameError.NotJson, payload);

    [Theory]
    [InlineData("\"\\ud83d\"")]
    [InlineData("\"\\ude00\"")]
    [InlineData("\"\\ud83dx\"")]
    [InlineData("\"\\ud83d\\n\"")]
    [InlineData("\"\\ud83d\\ud83d\\ude00\"")]
    [InlineData("\"\\ud83d\\u0041\"")]
    [InlineData("\"\\ude00\\ud83d\"")]
    [InlineData("\"\\\\\\uD800\"")]
    [InlineData("{\"\\udfff\":1}")]
    [InlineData("[[{\"a\":\"\\udbff\"}]]")]
    public void TryDecode_LoneSurrogate_IsRefused(string payload) => AssertPayload(FrameError.LoneSurrogate, payload);

    [Theory]
    [InlineData("[\"\\ud83d\",1,\"t\",\"e\",{}]")]
    [InlineData("[null,\"\\ud83d\",\"t\",\"e\",{}]")]
    [InlineData("[null,1,\"\\ud83d\",\"e\",{}]")]
    [InlineData("[null,1,\"t\",\"\\ud83d\",{}]")]
    [InlineData("[null,1,\"t\",\"e\",{},\"\\ud83d\"]")]
    public void TryDecode_LoneSurrogateAnywhere_IsRefused(string json) => Assert.Equal(FrameError.LoneSurrogate, Frames.RefusalV2(json));

    [Theory]
    [InlineData("\"\\ud83d\\ude00\"")]
    [InlineData("\"\\\\ud83d\"")]
    [InlineData("\"\\uD83D\\uDE00\\ud83d\\ude00x\"")]
    [InlineData("\"\\u0000\\uffff\"")]
    public void TryDecode_EscapesThatAreText_AreAccepted(string payload)
    {
        Assert.Equal(payload, Frames.DecodeV2($"[null,null,\"t\",\"e\",{payload}]").Payload());
        Assert.Equal(payload, Frames.DecodeV1($$"""{"topic":"t","event":"e","payload":{{payload}},"ref":null}""").Payload());
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":1,"b":0,"a":1}""")]
    [InlineData("""{"a":1,"\u0061":2}""")]
    [InlineData("""{"\u0061":1,"a":2}""")]
    [InlineData("""{"\u0061b":1,"a\u0062":2}""")]
    [InlineData("""{"":1,"":2}""")]
    [InlineData("""[[{"x":{"a":{"y":{}},"a":{}}}]]""")]
    [InlineData("""{"a":{"a":1},"b":[{"a":1}],"a":1}""")]
    [InlineData("""{"é":1,"\u00e9":2}""")]
    [InlineData("""{"😀":1,"\ud83d\ude00":2}""")]
    public void TryDecode_DuplicateKey_IsRefused(string payload) => AssertPayload(FrameError.DuplicateKey, payload);

    [Theory]
    [InlineData("""{"a":{"a":{"a":[{"a":1},{"a":1}]}},"A":1,"a ":2,"":3}""")]
    [InlineData("""{"topic":1,"event":2,"ref":3,"payload":4,"join_ref":5}""")]
    [InlineData("""{"\u0061":1,"b\\":2,"b":3,"b\"":4}""")]
    [InlineData("""{"é":1,"e\u0301":2}""")]
    public void TryDecode_SameKeyInOtherObjects_IsAccepted(string payload)
    {
        Assert.Equal(payload, Frames.DecodeV2($"[null,null,\"t\",\"e\",{payload}]").Payload());
        Assert.Equal(payload, Frames.DecodeV1($$"""{"topic":"t","event":"e","payload":{{payload}},"ref":null}""").Payload());
    }

    [Fact]
    public void TryDecode_DuplicateKeyAfterTheFifthElement_IsRefused() =>
        Assert.Equal(FrameError.DuplicateKey, Frames.RefusalV2("""[null,1,"t","e",{},{"a":1,"a":2}]"""));

    [Theory]
    [InlineData("22ff22")]
    [InlineData("22c022")]
    [InlineData("22c0af22")]
    [InlineData("22eda0bdedb88022")]
    [InlineData("22f490808022")]
    [InlineData("22e282")]
    [InlineData("7b22ff223a317d")]
    [InlineData("ff")]
    public void TryDecode_InvalidUtf8_IsRefused(string payloadHex)
    {
        byte[] v2 = [.. "[null,null,\"t\",\"e\","u8, .. Convert.FromHexString(payloadHex), (byte)']'];
        byte[] v1 = [.. "{\"topic\":\"t\",\"event\":\"e\",\"ref\":1,\"payload\":"u8, .. Convert.FromHexString(payloadHex), (byte)'}'];
        Assert.Equal(FrameError.InvalidUtf8, Frames.Refusal(PhoenixVersion.V2, binaryOpcode: false, v2));
        Assert.Equal(FrameError.InvalidUtf8, Frames.Refusal(PhoenixVersion.V1, binaryOpcode: true, v1));
    }

    [Fact]
    public void TryDecode_OtherEncodings_AreRefused()
    {
        const string Frame = """[null,"1","phoenix","heartbeat",{}]""";
        Assert.Equal(FrameError.NotJson, Frames.Refusal(PhoenixVersion.V2, binaryOpcode: false, Encoding.Unicode.GetBytes(Frame)));
        Assert.Equal(FrameError.NotJson, Frames.Refusal(PhoenixVersion.V2, binaryOpcode: false, Encoding.BigEndianUnicode.GetBytes(Frame)));
        Assert.Equal(FrameError.NotJson, Frames.Refusal(PhoenixVersion.V2, binaryOpcode: false, Encoding.UTF32.GetBytes(Frame)));
    }

    private static void AssertPayload(FrameError expected, string payload)
    {
        Assert.Equal(expected, Frames.RefusalV2($"[null,null,\"t\",\"e\",{payload}]"));
        Assert.Equal(expected, Frames.RefusalV1($$"""{"topic":"t","event":"e","payload":{{payload}},"ref":null}"""));
    }
}
