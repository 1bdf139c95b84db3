using System.Text;
using QuikApp.Protocol.Journal;

namespace QuikApp.Protocol.Tests.Journal;

public sealed class JournalRecordTests
{
    private static readonly JournalRecord Record = Writing.Write(Writing.Message("x"));
    private static readonly string Text = Encoding.ASCII.GetString(Record.Bytes.Span);
    private static readonly string Body = Encoding.ASCII.GetString(Record.Body(0).Span);

    [Fact]
    public void Parse_WrittenBytes_GivesTheSameRecord()
    {
        var parsed = JournalRecord.Parse(Record.Bytes);
        Assert.Equal(Record.Leaf, parsed.Leaf);
        Assert.Equal(1, parsed.BodyCount);
        Assert.Equal(Body, Encoding.ASCII.GetString(parsed.Body(0).Span));
        Assert.Equal(Text, Encoding.ASCII.GetString(parsed.HeaderBytes.Span) + "\n" + Body + "\n");
    }

    public static TheoryData<string, string, string> Malformed => new()
    {
        { "", "no line feed after the header", "nothing" },
        { "\n", "not JSON", "an empty line" },
        { Text[..^1], "no line feed at the end", "the last line feed is missing" },
        { Text + "\n", "body 2 is not", "an empty line after the bodies" },
        { Text + Body + "\n", "more bodies", "a body too many" },
        { Text[..(Text.IndexOf('\n', StringComparison.Ordinal) + 1)], "0 bodies for 1 digests", "no body" },
        { Text.Replace("\n", "\r\n", StringComparison.Ordinal), "not in canonical form", "other line ends" },
        { Text.Replace("..", ".AA.", StringComparison.Ordinal), "body 1 is not a compact JWE", "an encrypted key where there is none" },
        { Text.Replace("..", ".", StringComparison.Ordinal), "body 1 is not a compact JWE", "four parts" },
        { Text[..^1] + "=\n", "body 1 is not a compact JWE", "padding" },
        { Text[..^1] + " \n", "body 1 is not a compact JWE", "white space" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Parse_OtherLines_NamesWhat(string text, string reason, string what)
    {
        var refusal = Assert.Throws<JournalFormatException>(() => JournalRecord.Parse(Encoding.ASCII.GetBytes(text)));
        Assert.True(refusal.Reason.Contains(reason, StringComparison.Ordinal), $"{what}: {refusal.Message}");
    }

    [Fact]
    public void Parse_SpareBitsOfBase64url_AreRefused()
    {
        // 22 characters hold 132 bits of which a tag uses 128: sixteen texts would decode to the same bytes.
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var last = Alphabet.IndexOf(Text[^2], StringComparison.Ordinal);
        for (var spare = 1; spare < 16; spare++)
            Assert.Throws<JournalFormatException>(() => JournalRecord.Parse(Encoding.ASCII.GetBytes(Text[..^2] + Alphabet[last | spare] + "\n")));
    }

    [Fact]
    public void Parse_BodyUnderAnotherKey_IsNamedAKeyFault()
    {
        var other = Writing.Write(Writing.Message("x"), key: Writing.Key(9, "k_01M323Z0000000000000000009"));
        byte[] bytes = [.. Record.Bytes.Span[..(Record.HeaderBytes.Length + 1)], .. other.Body(0).Span, (byte)'\n'];
        var refusal = Assert.Throws<JournalFormatException>(() => JournalRecord.Parse(bytes));
        Assert.Equal(JournalFault.Key, refusal.Fault);
        Assert.Equal((Writing.Stream, 1L), (refusal.Stream!.Value, refusal.Seq!.Value));
    }
}
