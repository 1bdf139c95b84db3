using System.Diagnostics;
using System.Text;
using QuikApp.Protocol.Phoenix;

namespace QuikApp.Protocol.Tests.Phoenix;

/// <summary>Messages made to cost more than they are worth.</summary>
public sealed class FrameDecoderBombTests
{
    [Theory]
    [InlineData('[', ']')]
    [InlineData('{', '}')]
    public void TryDecode_DepthOf16_IsAcceptedAnd17IsNot(char open, char close)
    {
        // The frame itself is the first level.
        Assert.NotEmpty(Frames.DecodeV2(Array(Nested(open, close, 15))).Payload());
        Assert.NotEmpty(Frames.DecodeV1(Map(Nested(open, close, 15))).Payload());
        Assert.Equal(FrameError.TooDeep, Frames.RefusalV2(Array(Nested(open, close, 16))));
        Assert.Equal(FrameError.TooDeep, Frames.RefusalV1(Map(Nested(open, close, 16))));
    }

    [Theory]
    [InlineData(17)]
    [InlineData(64)]
    [InlineData(1_000)]
    [InlineData(100_000)]
    public void TryDecode_Deeper_IsTooDeepWhereverItStands(int depth)
    {
        foreach (var bomb in new[] { Nested('[', ']', depth), Nested('{', '}', depth) })
        {
            Assert.Equal(FrameError.TooDeep, Frames.RefusalV2(Array(bomb)));
            Assert.Equal(FrameError.TooDeep, Frames.RefusalV1(Map(bomb)));
            Assert.Equal(FrameError.TooDeep, Frames.RefusalV2($"[{bomb},1,\"t\",\"e\",{{}}]"));
            Assert.Equal(FrameError.TooDeep, Frames.RefusalV2($"[null,1,{bomb},\"e\",{{}}]"));
            Assert.Equal(FrameError.TooDeep, Frames.RefusalV2($"[null,1,\"t\",\"e\",{{}},{bomb}]"));
        }
    }

    [Fact]
    public void TryDecode_MegabyteOfBrackets_IsRefusedAtOnce()
    {
        var clock = Stopwatch.StartNew();
        Assert.Equal(FrameError.TooDeep, Frames.RefusalV2(new string('[', 1 << 20)));
        Assert.Equal(FrameError.WrongType, Frames.RefusalV1(new string('[', 1 << 20)));
        Assert.Equal(FrameError.NotJson, Frames.RefusalV2(new string(']', 1 << 20)));
        Assert.Equal(FrameError.NotJson, Frames.RefusalV1(new string('{', 1 << 20)));
        Assert.Equal(FrameError.NotJson, Frames.RefusalV2(new string(' ', 1 << 20)));
        Assert.Equal(FrameError.NotJson, Frames.RefusalV2("[" + string.Concat(Enumerable.Repeat("[],", 350_000)) + "]"));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), clock.Elapsed.ToString());
    }

    [Fact]
    public void TryDecode_HundredThousandKeys_IsLinear()
    {
        var keys = string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"{i}\":0"));
        var escaped = string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"\\u006b{i}\":0"));
        var clock = Stopwatch.StartNew();
        Assert.NotEmpty(Frames.DecodeV2(Array("{" + keys + "}")).Payload());
        Assert.NotEmpty(Frames.DecodeV2(Array("{" + escaped + "}")).Payload());
        Assert.Equal(FrameError.DuplicateKey, Frames.RefusalV2(Array("{" + keys + ",\"\\u0030\":0}")));
        Assert.Equal(FrameError.DuplicateKey, Frames.RefusalV2(Array("{" + escaped + ",\"k99999\":0}")));
        // A search through the keys before each key would be 5·10⁹ comparisons, four times.
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), clock.Elapsed.ToString());
    }

    [Fact]
    public void TryDecode_SameKeyInManyObjects_IsLinear()
    {
        var objects = string.Concat(Enumerable.Repeat("{\"a\":0},", 100_000));
        var clock = Stopwatch.StartNew();
        Assert.NotEmpty(Frames.DecodeV2(Array("[" + objects + "0]")).Payload());
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), clock.Elapsed.ToString());
    }

    [Fact]
    public void TryDecode_LongStringOfEscapes_IsOneText()
    {
        var escapes = string.Concat(Enumerable.Repeat("\\ud83d\\ude00", 5_000));
        var frame = Frames.DecodeV2($"[\"{escapes}\",null,\"{escapes}\",\"e\",{{\"{escapes}\":\"{escapes}\"}}]");
        Assert.Equal(string.Concat(Enumerable.Repeat("😀", 5_000)), frame.Topic.Text);
        Assert.Equal(20_002, frame.JoinRef.Json.Length);
    }

    private static string Array(string payload) => $"[null,\"1\",\"t\",\"e\",{payload}]";

    private static string Map(string payload) => $$"""{"topic":"t","event":"e","payload":{{payload}},"ref":null}""";

    private static string Nested(char open, char close, int depth)
    {
        var text = new StringBuilder();
        for (var i = 1; i < depth; i++)
            text.Append(open == '{' ? "{\"a\":" : "[");
        text.Append(open).Append(close).Append(close, depth - 1);
        return text.ToString();
    }
}
