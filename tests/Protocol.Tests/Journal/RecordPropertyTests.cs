using CsCheck;
using QuikApp.Protocol.Journal;

namespace QuikApp.Protocol.Tests.Journal;

public sealed class RecordPropertyTests
{
    private static readonly ContentKey Key = Writing.Key();

    [Fact]
    public void Read_WrittenAndParsedEvent_IsTheEvent() =>
        RandomEvents.Numbered.Sample(
            sample =>
            {
                var written = Write(sample);
                Assert.Null(ChainVerifier.Check(sample.Event.Stream, sample.Head, written.Bytes, out var parsed));
                Assert.Equal(written.Leaf, parsed!.Leaf);
                Assert.Equal(ChainHead.After(written), ChainHead.After(parsed));
                EventEquality.AssertSame(sample.Event, RecordReader.Read(parsed, Key));
                EventEquality.AssertSame(sample.Event, RecordReader.Read(written, Key));
            },
            iter: 2000);

    [Fact]
    public void Check_RecordWithOneByteReplacedInsertedOrLeftOut_NeverPasses() =>
        Gen.Select(RandomEvents.Numbered, Gen.Int[0, int.MaxValue], Gen.Byte, Gen.Int[0, 2]).Sample(
            (sample, position, value, kind) =>
            {
                var record = Write(sample);
                var before = record.Bytes.ToArray();
                var at = position % before.Length;
                byte[] after = kind switch
                {
                    0 => [.. before[..at], value, .. before[(at + 1)..]],
                    1 => [.. before[..at], value, .. before[at..]],
                    _ => [.. before[..at], .. before[(at + 1)..]],
                };
                Assert.True(before.AsSpan().SequenceEqual(after) || IsCaught(sample.Event.Stream, sample.Head, record.Leaf, after));
            },
            iter: 5000);

    [Fact]
    public void Parse_AnyBytes_ThrowsNothingButAFormatException() =>
        Gen.Select(Gen.Byte.Array[0, 200], Gen.OneOf("", "{", "{\"_sd\":[", "{\"v\":1}\n", "\n", "{\"seq\":1e400}\n\n")).Sample(
            (bytes, start) =>
            {
                byte[] all = [.. System.Text.Encoding.ASCII.GetBytes(start), .. bytes, (byte)'\n'];
                Assert.Throws<JournalFormatException>(() => JournalRecord.Parse(all));
            },
            iter: 5000);

    private static JournalRecord Write((ChainHead Head, QuikApp.Protocol.Conversations.NumberedEvent Event) sample) =>
        RecordWriter.Write(sample.Event, sample.Head, Writing.Alice, sample.Event.Event.Member is null ? null : Writing.Bob, Key, CryptoRecordRandom.Instance);

    /// <summary>Any exception but the one that names the fault fails the test.</summary>
    private static bool IsCaught(QuikApp.Protocol.Identity.StreamId stream, ChainHead head, Sha256Digest leaf, byte[] bytes)
    {
        if (ChainVerifier.Check(stream, head, bytes, out var record) is not null || record!.Leaf != leaf)
            return true;
        try
        {
            RecordReader.Read(record, Key);
            return false;
        }
        catch (JournalFormatException e)
        {
            return e.Stream == stream && e.Seq == head.Seq + 1;
        }
    }
}
