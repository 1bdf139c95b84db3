using System.Text;
using QuikApp.Protocol.Journal;

namespace QuikApp.Protocol.Tests.Journal;

public sealed class RecordHeaderTests
{
    private static readonly string Good = Encoding.ASCII.GetString(Writing.Write(Writing.Message("x")).HeaderBytes.Span);

    [Fact]
    public void Parse_WrittenHeader_GivesItsFields()
    {
        var header = RecordHeader.Parse(Encoding.ASCII.GetBytes(Good));
        Assert.Equal("message.created.v1", header.Type);
        Assert.Equal(Writing.Stream, header.Stream);
        Assert.Equal(1, header.Seq);
        Assert.Equal(1790000000123456, header.IssuedAt);
        Assert.Equal(Writing.Alice, header.Actor);
        Assert.Null(header.Member);
        Assert.Equal("m_01M323Z0000000000000000002", header.Message?.Value);
        Assert.Equal(Writing.Key().Kid, header.Key);
        Assert.Equal(ChainHead.Genesis(Writing.Stream).Leaf, header.Previous);
        Assert.StartsWith("01M3250V3V", header.Id, StringComparison.Ordinal);
        Assert.Single(header.BodyDigests);
    }

    [Theory]
    [InlineData("\"v\":1}", "\"v\":1,\"x\":1}", "unknown field 'x'")]
    [InlineData("\"v\":1}", "\"v\":1,\"v\":1}", "field 'v' twice")]
    [InlineData("\"v\":1}", "\"v\":2}", "v is 2")]
    [InlineData(",\"v\":1}", "}", "field 'v' is missing")]
    [InlineData("\"seq\":1,", "", "field 'seq' is missing")]
    [InlineData("\"seq\":1,", "\"seq\":\"1\",", "seq must be an integer")]
    [InlineData("\"seq\":1,", "\"seq\":1.0,", "seq must be an integer")]
    [InlineData("\"seq\":1,", "\"seq\":0,", "seq must be 1 to 2^53 - 1")]
    [InlineData("\"seq\":1,", "\"seq\":-1,", "seq must be 1 to 2^53 - 1")]
    [InlineData("\"seq\":1,", "\"seq\":9007199254740992,", "seq must be 1 to 2^53 - 1")]
    [InlineData("\"seq\":1,", "\"seq\":01,", "not JSON")]
    [InlineData("\"seq\":1,", "\"seq\":null,", "seq must be an integer")]
    [InlineData("\"iat\":1790000000123456,", "\"iat\":0,", "iat must be 1 to 2^53 - 1")]
    [InlineData("\"iat\":1790000000123456,", "\"iat\":9007199254740992,", "iat must be 1 to 2^53 - 1")]
    [InlineData("channel-general", "channel-", "sid")]
    [InlineData("channel-general", "room-general", "sid")]
    [InlineData("channel-general", "channel-gen\\u0065ral", "sid must be plain ASCII")]
    [InlineData("channel-general", "channel-généreux", "sid must be plain ASCII")]
    [InlineData("message.created.v1", "message.created", "t must be")]
    [InlineData("message.created.v1", "message.created.v0", "t must be")]
    [InlineData("message.created.v1", "message.created.v1 ", "t must be")]
    [InlineData("message.created.v1", "Message.created.v1", "t must be")]
    [InlineData("message.created.v1", "member.added.v1", "msg must be")]
    [InlineData("\"act\":\"u_", "\"act\":\"u-", "act must be a pseudonym")]
    [InlineData("\"act\":\"u_7", "\"act\":\"u_u", "act must be a pseudonym")]
    [InlineData("\"kid\":\"k_0", "\"kid\":\"k_8", "kid must be")]
    [InlineData("\"id\":\"01M3250", "\"id\":\"01m3250", "id must be a ULID")]
    [InlineData("\"msg\":\"m_", "\"msg\":\"m ", "msg must be a message id")]
    [InlineData("\"v\":1}", "\"v\":1,\"who\":\"u_7Q2M9X4KD0ZT5BHW8RNE1CYVGA\"}", "who must be")]
    [InlineData("\"v\":1}", "\"v\":1} ", "not in canonical form")]
    [InlineData("\"v\":1}", "\"v\":1}{}", "not JSON")]
    [InlineData("\"v\":1}", "\"v\":1", "not JSON")]
    [InlineData("\"v\":1}", "\"v\" :1}", "not in canonical form")]
    [InlineData("\"v\":1}", "\"\\u0076\":1}", "a field name must be plain ASCII")]
    [InlineData("{\"_sd\"", "[\"_sd\"", "not")]
    [InlineData("\"prev\":\"", "\"prev\":\"A", "prev must be the 43 characters")]
    public void Parse_AnythingElse_NamesWhat(string part, string changed, string reason)
    {
        var bytes = Encoding.UTF8.GetBytes(Good.Replace(part, changed, StringComparison.Ordinal));
        var refusal = Assert.Throws<JournalFormatException>(() => RecordHeader.Parse(bytes));
        Assert.Equal(JournalFault.Format, refusal.Fault);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_FieldsInAnotherOrder_IsNotCanonical()
    {
        var seq = "\"seq\":1,";
        var moved = "{" + seq + Good.Replace(seq, "", StringComparison.Ordinal)[1..];
        var refusal = Assert.Throws<JournalFormatException>(() => RecordHeader.Parse(Encoding.ASCII.GetBytes(moved)));
        Assert.Equal("header: not in canonical form (RFC 8785) at byte 2", refusal.Reason);
    }

    [Theory]
    [InlineData("thread.opened.v1")]
    [InlineData("call.started.v12")]
    [InlineData("message.created.v2")]
    public void Parse_TypeOfALaterRelease_IsReadAsAHeader(string type)
    {
        // The chain and the tree over all streams must not depend on knowing every event type.
        var header = RecordHeader.Parse(Encoding.ASCII.GetBytes(Good.Replace("message.created.v1", type, StringComparison.Ordinal)));
        Assert.Equal(type, header.Type);
    }

    [Theory]
    [InlineData(0, "_sd must be 1 to 16")]
    [InlineData(17, "_sd must be 1 to 16")]
    public void Parse_NumberOfDigests_IsLimited(int count, string reason)
    {
        var digest = Good[9..52];
        var digests = string.Join("\",\"", Enumerable.Repeat(digest, count));
        var changed = Good.Replace($"[\"{digest}\"]", count == 0 ? "[]" : $"[\"{digests}\"]", StringComparison.Ordinal);
        var refusal = Assert.Throws<JournalFormatException>(() => RecordHeader.Parse(Encoding.ASCII.GetBytes(changed)));
        Assert.Contains(reason, refusal.Reason, StringComparison.Ordinal);
    }
}
