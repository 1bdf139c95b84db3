using System.Text;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Protocol.Tests.WebSockets;

public sealed class WireFrameTests
{
    [Theory]
    [InlineData(0, "8100")]
    [InlineData(1, "8101")]
    [InlineData(125, "817D")]
    [InlineData(126, "817E007E")]
    [InlineData(65_535, "817EFFFF")]
    [InlineData(65_536, "817F0000000000010000")]
    public void Text_OfALength_HasTheShortestHeader(int length, string header)
    {
        var payload = Enumerable.Range(0, length).Select(i => (byte)('a' + (i % 26))).ToArray();

        var frame = WireFrame.Text(payload);

        Assert.Equal(header, Convert.ToHexString(frame.Bytes.Span[..(frame.Bytes.Length - length)]));
        Assert.Equal(payload, frame.Payload.ToArray());
        Assert.True(frame.Bytes.Span.Overlaps(frame.Payload.Span) || length == 0);
    }

    [Fact]
    public void Factories_EachKind_SetsItsOpcodeAndFin()
    {
        Assert.Equal("8203010203", Hex(WireFrame.Binary([1, 2, 3])));
        Assert.Equal("890161", Hex(WireFrame.Ping("a"u8)));
        Assert.Equal("8A0161", Hex(WireFrame.Pong("a"u8)));
        Assert.Equal("880703E874657374 21".Replace(" ", "", StringComparison.Ordinal), Hex(WireFrame.Close(1000, "test!")));
        Assert.Equal("8800", Hex(WireFrame.Close(CloseCode.NoStatus)));
        Assert.Equal("8802113A", Hex(WireFrame.Close(CloseCode.SlowConsumer)));
    }

    [Fact]
    public void Close_Reason_IsAtMost123Bytes()
    {
        Assert.Equal(127, WireFrame.Close(1000, new string('r', 123)).Bytes.Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => WireFrame.Close(1000, new string('r', 124)));
        Assert.Throws<ArgumentOutOfRangeException>(() => WireFrame.Close(1000, string.Concat(Enumerable.Repeat("ä", 62))));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1006)]
    [InlineData(1015)]
    [InlineData(2999)]
    [InlineData(5000)]
    public void Close_CodeThatMayNotBeSent_Throws(int code) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WireFrame.Close(code));

    [Fact]
    public void Ping_LongerThan125Bytes_Throws()
    {
        Assert.Equal(127, WireFrame.Ping(new byte[125]).Bytes.Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => WireFrame.Ping(new byte[126]));
        Assert.Throws<ArgumentOutOfRangeException>(() => WireFrame.Pong(new byte[126]));
    }

    [Fact]
    public void Text_SourceChangedAfterwards_IsNotSeen()
    {
        var source = Encoding.UTF8.GetBytes("before");
        var frame = WireFrame.Text(source);
        source.AsSpan().Clear();

        Assert.Equal("before", Encoding.UTF8.GetString(frame.Payload.Span));
    }

    private static string Hex(WireFrame frame) => Convert.ToHexString(frame.Bytes.Span);
}
