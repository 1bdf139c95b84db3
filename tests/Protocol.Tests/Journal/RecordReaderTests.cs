using System.Buffers;
using System.Text;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Journal;

namespace QuikApp.Protocol.Tests.Journal;

public sealed class RecordReaderTests
{
    private static readonly JournalRecord First = Writing.Write(Writing.Message("one"));
    private static readonly JournalRecord Second = Writing.Write(Writing.Message("two"), ChainHead.After(First));

    [Fact]
    public void Read_KeyOfAnotherId_IsAKeyFault() =>
        AssertFault(JournalFault.Key, 2, () => RecordReader.Read(Second, Writing.Key(0, "k_01M323Z0000000000000000009")));

    [Fact]
    public void Read_OtherKeyBytes_IsACiphertextFault() =>
        AssertFault(JournalFault.Ciphertext, 2, () => RecordReader.Read(Second, Writing.Key(1)));

    [Fact]
    public void Read_BodyOfAnotherEvent_IsADigestFault()
    {
        byte[] swapped = [.. Second.HeaderBytes.Span, (byte)'\n', .. First.Body(0).Span, (byte)'\n'];
        AssertFault(JournalFault.Digest, 2, () => RecordReader.Read(JournalRecord.Parse(swapped), Writing.Key()));
    }

    [Fact]
    public void Read_TypeOfALaterRelease_IsATypeFault()
    {
        var record = Second.WithHeader(header => header.Replace("message.created.v1", "message.pinned.v1", StringComparison.Ordinal));
        AssertFault(JournalFault.Type, 2, () => RecordReader.Read(record, Writing.Key()));
    }

    [Theory]
    [InlineData("{\"by\":\"alice\",\"content\":\"x\"}", null)]
    [InlineData("{\"by\":\"alice\",\"content\":\"x\",\"colour\":\"red\"}", "unknown field 'colour'")]
    [InlineData("{\"by\":\"alice\",\"content\":\"x\",\"emoji\":\"x\"}", "canonical form")]
    [InlineData("{\"by\":\"alice\",\"content\":\"x\",\"content\":\"y\"}", "field 'content' twice")]
    [InlineData("{\"by\":\"alice\",\"content\":\"x\",\"mentions\":[]}", "canonical form")]
    [InlineData("{\"by\":\"alice\",\"content\":\"x\",\"mentions\":[\"a b\"]}", "mentions must be user ids")]
    [InlineData("{\"by\":\"alice\",\"content\":\"x\",\"mentions\":\"bob\"}", "mentions must be an array")]
    [InlineData("{\"attachments\":[{\"name\":\"x\"}],\"by\":\"alice\",\"content\":\"x\"}", "an attachment lacks a field")]
    [InlineData("{\"attachments\":[{\"name\":\"x\",\"sha256\":\"\",\"size\":-1,\"type\":\"\",\"url\":\"\"}],\"by\":\"alice\",\"content\":\"x\"}", "size must be")]
    [InlineData("{\"by\":\"alice\",\"content\":\"\\u0078\"}", "canonical form")]
    [InlineData("{\"by\":\"alice\",\"content\":\"\\ud800\"}", "not JSON text")]
    [InlineData("{\"by\":\"alice\",\"content\":1}", "content must be a string")]
    [InlineData("{\"content\":\"x\",\"by\":\"alice\"}", "canonical form")]
    [InlineData("{\"by\":\"alice\"}", "field 'content' is missing")]
    [InlineData("{\"content\":\"x\"}", "field 'by' is missing")]
    [InlineData("{\"by\":\"a b\",\"content\":\"x\"}", "by must be a user id")]
    [InlineData("{\"by\":\"alice\",\"content\":\"x\",\"thread\":\"\"}", "thread must be a thread id")]
    [InlineData("{\"by\":\"alice\",\"content\":\"x\"} ", "canonical form")]
    [InlineData("{\"by\":\"alice\",\"content\":\"x\"}1", "not JSON text")]
    [InlineData("[]", "not an object")]
    public void Read_CommittedBody_MustBeThatOfItsType(string body, string? reason)
    {
        // Such a record can only come from someone who holds the key and writes by other rules.
        var record = Committed(body);
        if (reason is null)
            Assert.Equal("x", Assert.IsType<ConversationEvent.MessageCreated>(RecordReader.Read(record, Writing.Key()).Event).Content);
        else
            Assert.Contains(reason, AssertFault(JournalFault.Body, 1, () => RecordReader.Read(record, Writing.Key())).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CommittedTextThatIsNoDisclosure_IsABodyFault() =>
        AssertFault(JournalFault.Body, 1, () => RecordReader.Read(Committed(Encoding.ASCII.GetBytes("bm90IGEgZGlzY2xvc3VyZQ")), Writing.Key()));

    [Fact]
    public void Write_EventThatDoesNotContinueTheHead_Throws()
    {
        var head = ChainHead.After(First);
        var e = new NumberedEvent(Writing.Stream, 2, head.Iat + 1, UserId.Parse("alice"), Writing.Message("x"));
        Assert.NotNull(Write(e));
        Assert.Throws<ArgumentException>(() => Write(e with { Seq = 3 }));
        Assert.Throws<ArgumentException>(() => Write(e with { Seq = 1 }));
        Assert.Throws<ArgumentException>(() => Write(e with { At = head.Iat }));
        Assert.Throws<ArgumentException>(() => Write(e with { By = default }));
        Assert.Throws<ArgumentException>(() => Write(e with { Event = Writing.Message("\ud83d") }));
        Assert.Throws<JournalFormatException>(() => Write(e, act: "alice"));
        Assert.Throws<JournalFormatException>(() => Write(e, who: Writing.Bob));
        Assert.Throws<JournalFormatException>(() => Write(e with { Event = new ConversationEvent.MemberAdded(UserId.Parse("bob")) }));

        JournalRecord Write(NumberedEvent e, string act = Writing.Alice, string? who = null) =>
            RecordWriter.Write(e, head, act, who, Writing.Key(), CryptoRecordRandom.Instance);
    }

    [Fact]
    public void Write_SameEventTwice_SharesNoSaltIvOrId()
    {
        var one = Writing.Write(Writing.Message("x"), random: CryptoRecordRandom.Instance);
        var other = Writing.Write(Writing.Message("x"), random: CryptoRecordRandom.Instance);
        Assert.NotEqual(one.Header.Id, other.Header.Id);
        Assert.NotEqual(one.Header.BodyDigests[0], other.Header.BodyDigests[0]);
        Assert.NotEqual(one.Body(0).Slice(0, 120).ToArray(), other.Body(0).Slice(0, 120).ToArray());
    }

    private static JournalRecord Committed(string body)
    {
        var disclosure = new ArrayBufferWriter<byte>();
        Disclosure.Write(new byte[16], Encoding.UTF8.GetBytes(body), disclosure);
        return Committed(disclosure.WrittenSpan);
    }

    private static JournalRecord Committed(ReadOnlySpan<byte> plaintext)
    {
        var jwe = new byte[BodyCipher.GetLength(plaintext.Length)];
        BodyCipher.Encrypt(Writing.Key(), new byte[12], plaintext, jwe);
        var header = Encoding.ASCII.GetString(First.HeaderBytes.Span)
            .Replace(First.Header.BodyDigests[0].ToString(), Disclosure.DigestOf(plaintext).ToString(), StringComparison.Ordinal);
        return JournalRecord.Parse((byte[])[.. Encoding.ASCII.GetBytes(header), (byte)'\n', .. jwe, (byte)'\n']);
    }

    private static JournalFormatException AssertFault(JournalFault fault, long seq, Action read)
    {
        var refusal = Assert.Throws<JournalFormatException>(read);
        Assert.Equal((fault, Writing.Stream, seq), (refusal.Fault, refusal.Stream!.Value, refusal.Seq!.Value));
        Assert.StartsWith($"channel-general seq {seq}: ", refusal.Message, StringComparison.Ordinal);
        return refusal;
    }
}
