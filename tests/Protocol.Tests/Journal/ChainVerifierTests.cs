using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Journal;

namespace QuikApp.Protocol.Tests.Journal;

public sealed class ChainVerifierTests
{
    private static readonly JournalRecord One = Writing.Write(Writing.Message("one"));
    private static readonly JournalRecord Two = Writing.Write(Writing.Message("two"), ChainHead.After(One));
    private static readonly JournalRecord Three = Writing.Write(Writing.Message("three"), ChainHead.After(Two));

    [Fact]
    public void Check_RecordsInOrder_FindsNothing()
    {
        var head = ChainHead.Genesis(Writing.Stream);
        foreach (var record in new[] { One, Two, Three })
        {
            Assert.Null(ChainVerifier.Check(Writing.Stream, head, record));
            head = ChainHead.After(record);
        }

        Assert.Equal(new ChainHead(3, Three.Leaf, Three.Header.IssuedAt), head);
    }

    [Fact]
    public void Check_RecordLeftOut_IsASequenceFault() => AssertFault(JournalFault.Sequence, 2, ChainHead.After(One), Three);

    [Fact]
    public void Check_RecordTwice_IsASequenceFault() => AssertFault(JournalFault.Sequence, 3, ChainHead.After(Two), Two);

    [Fact]
    public void Check_AnotherPast_IsAPreviousFault()
    {
        var other = Writing.Write(Writing.Message("uno"), random: new FixedRandom("other"));
        AssertFault(JournalFault.Previous, 2, ChainHead.After(other), Two);
    }

    [Fact]
    public void Check_TimeThatStands_IsATimeFault() => AssertFault(JournalFault.Time, 2, ChainHead.After(One) with { Iat = Two.Header.IssuedAt }, Two);

    [Fact]
    public void Check_RecordOfAnotherStream_IsAStreamFault()
    {
        var elsewhere = StreamId.Parse("channel-random");
        var violation = ChainVerifier.Check(elsewhere, ChainHead.Genesis(elsewhere), One);
        Assert.Equal((JournalFault.Stream, elsewhere, 1), (violation!.Fault, violation.Stream, violation.Seq));
    }

    [Fact]
    public void Check_FirstRecordMovedToAnotherStream_BreaksAtTheGenesis()
    {
        var moved = One.WithHeader(header => header.Replace("channel-general", "channel-random", StringComparison.Ordinal));
        var elsewhere = StreamId.Parse("channel-random");
        Assert.Equal(JournalFault.Previous, ChainVerifier.Check(elsewhere, ChainHead.Genesis(elsewhere), moved)?.Fault);
    }

    [Fact]
    public void Check_BytesThatAreNoRecord_AreAFormatFaultAtTheNextNumber()
    {
        var violation = ChainVerifier.Check(Writing.Stream, ChainHead.After(One), "{}\n"u8.ToArray(), out var record);
        Assert.Null(record);
        Assert.Equal("channel-general seq 2: header: field 'v' is missing", violation?.ToString());
        Assert.Equal(JournalFault.Format, violation?.Fault);
    }

    [Theory]
    [InlineData(100, 200, 200)]
    [InlineData(100, 100, 101)]
    [InlineData(100, 50, 101)]
    public void NextIat_WhateverTheClockSays_Rises(long last, long now, long expected) =>
        Assert.Equal(expected, new ChainHead(1, default, last).NextIat(now));

    private static void AssertFault(JournalFault fault, long seq, ChainHead head, JournalRecord record)
    {
        var violation = ChainVerifier.Check(Writing.Stream, head, record);
        Assert.Equal((fault, Writing.Stream, seq), (violation!.Fault, violation.Stream, violation.Seq));
    }
}
