using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Journal;

namespace QuikApp.Protocol.Tests.Journal;

/// <summary>Writes records for tests: keys, pseudonyms and chance are fixed.</summary>
internal static class Writing
{
    public const string Alice = "u_7Q2M9X4KD0ZT5BHW8RNE1CYVGA";
    public const string Bob = "u_Z3F6S0PJ8K1NQ5XW9MTR7VHBD2";

    public static readonly StreamId Stream = StreamId.Parse("channel-general");

    public static ContentKey Key(int first = 0, string kid = "k_01M323Z0000000000000000001") =>
        new(kid, Enumerable.Range(first, ContentKey.KeyLength).Select(i => (byte)i).ToArray());

    public static ConversationEvent.MessageCreated Message(string content) =>
        new(MessageId.Parse("m_01M323Z0000000000000000002"), content, [], [], null, null);

    public static JournalRecord Write(ConversationEvent e, ChainHead? after = null, StreamId? stream = null, ContentKey? key = null, IRecordRandom? random = null)
    {
        var at = stream ?? Stream;
        var head = after ?? ChainHead.Genesis(at);
        var numbered = new NumberedEvent(at, head.Seq + 1, head.NextIat(1790000000123456), UserId.Parse("alice"), e);
        return RecordWriter.Write(numbered, head, Alice, e.Member is null ? null : Bob, key ?? Key(), random ?? new FixedRandom($"test {head.Seq}"));
    }

    public static JournalRecord WithHeader(this JournalRecord record, Func<string, string> change)
    {
        var header = change(System.Text.Encoding.ASCII.GetString(record.HeaderBytes.Span));
        byte[] bytes = [.. System.Text.Encoding.UTF8.GetBytes(header), .. record.Bytes.Span[record.HeaderBytes.Length..]];
        return JournalRecord.Parse(bytes);
    }
}
