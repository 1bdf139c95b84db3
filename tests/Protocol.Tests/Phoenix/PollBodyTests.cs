using System.Text;
using CsCheck;
using QuikApp.Protocol.Phoenix;

namespace QuikApp.Protocol.Tests.Phoenix;

public sealed class PollBodyTests
{
    private const int MaxLines = 3;
    private const int MaxBytes = 8;

    [Theory]
    [InlineData("[1]", "t[1]")]
    [InlineData("[1]\n[2]\n[3]", "t[1] t[2] t[3]")]
    [InlineData("[1]\n", "t[1]")]
    [InlineData("\r\n \t[1]\r\n\r\n[2] \r\n", "t[1] t[2]")]
    [InlineData("{\"a\":1}", "t{\"a\":1}")]
    [InlineData("AAEC\n[1]\n/+8=", "b000102 t[1] bFFEF")]
    [InlineData("[12345]\n[123456]", "t[12345] t[123456]")]
    [InlineData("AAAAAAAAAAA=", "b0000000000000000")]
    public void Read_Lines_AreTheirMessages(string body, string expected) => Assert.Equal(expected, Describe(body, isLines: true));

    [Theory]
    [InlineData("", PollBodyFault.Empty, 0)]
    [InlineData("\n\r\n ", PollBodyFault.Empty, 0)]
    [InlineData("[1]\n[2]\n[3]\n[4]", PollBodyFault.TooManyLines, 4)]
    [InlineData("[1]\n\n[2]\n[3]\n\n[4]", PollBodyFault.TooManyLines, 6)]
    [InlineData("[1]\n[1234567]", PollBodyFault.MessageTooLong, 2)]
    [InlineData("AAAAAAAAAAAA", PollBodyFault.MessageTooLong, 1)]
    [InlineData("ping!", PollBodyFault.NeitherJsonNorBase64, 1)]
    [InlineData("[1]\nAAA", PollBodyFault.NeitherJsonNorBase64, 2)]
    [InlineData("_-8=", PollBodyFault.NeitherJsonNorBase64, 1)]
    [InlineData("null", PollBodyFault.None, 0)]
    public void Read_LinesThatAreNone_NameTheLine(string body, PollBodyFault fault, int line)
    {
        Assert.Equal(fault, PollBody.Read(Encoding.UTF8.GetBytes(body), isLines: true, MaxLines, MaxBytes, out var frames, out var at));
        Assert.Equal(line, at);
        Assert.Equal(fault == PollBodyFault.None, frames.Count > 0);
    }

    [Theory]
    [InlineData(" [1,\n2]\n", "t[1,\n2]")]
    [InlineData("AAAA", "tAAAA")]
    [InlineData("", "Empty")]
    [InlineData(" \n", "Empty")]
    [InlineData("[1234567]", "MessageTooLong")]
    public void Read_OneMessage_IsTheWholeBody(string body, string expected) => Assert.Equal(expected, Describe(body, isLines: false));

    [Fact]
    public void Read_AnyBytes_NeverThrowsAndKeepsTheBounds() =>
        Gen.Select(Gen.Byte.Array[0, 64], Gen.Bool).Sample((bytes, isLines) =>
        {
            var fault = PollBody.Read(bytes, isLines, MaxLines, MaxBytes, out var frames, out _);
            return fault == PollBodyFault.None
                ? frames.Count is > 0 and <= MaxLines && frames.All(frame => frame.Bytes.Length is > 0 and <= MaxBytes)
                : frames.Count == 0;
        });

    private static string Describe(string body, bool isLines)
    {
        var fault = PollBody.Read(Encoding.UTF8.GetBytes(body), isLines, MaxLines, MaxBytes, out var frames, out _);
        return fault != PollBodyFault.None
            ? fault.ToString()
            : string.Join(' ', frames.Select(frame => frame.IsBinary
                ? $"b{Convert.ToHexString(frame.Bytes.Span)}"
                : $"t{Encoding.UTF8.GetString(frame.Bytes.Span)}"));
    }
}
