using CsCheck;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Protocol.Tests.WebSockets;

public sealed class MessageReaderTests
{
    public static TheoryData<string> CaseNames => [.. FrameCases.All.Keys];

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void Read_Case_SaysExactlyWhatIsExpected(string name)
    {
        var one = FrameCases.All[name];

        Assert.Equal(one.Expected, Transcript(one.Bytes, []));
        Assert.Equal(one.Expected, Transcript(one.Bytes, Enumerable.Repeat(1, one.Bytes.Length)));
    }

    [Fact]
    public void Read_AnySplitting_SaysTheSame()
    {
        var cases = FrameCases.All.Values.ToArray();
        Gen.Select(Gen.Int[0, cases.Length - 1].Array[1, 4], Gen.Int[1, 300].Array[0, 60]).Sample((picked, cuts) =>
        {
            var bytes = ClientFrames.Join([.. picked.Select(i => cases[i].Bytes)]);
            return Transcript(bytes, []).SequenceEqual(Transcript(bytes, cuts));
        });
    }

    [Fact]
    public void Read_AnyMessage_ComesOutAsItWentIn()
    {
        var frame = Gen.Select(Gen.Byte.Array[0, 3000], Gen.Int[1, 6], Gen.Int[1, 700].Array[0, 40]);
        frame.Sample((payload, pieces, cuts) =>
        {
            var size = Math.Max(1, payload.Length / pieces);
            var chunks = payload.Chunk(size).DefaultIfEmpty([]).ToArray();
            var bytes = ClientFrames.Join([.. chunks.Select((chunk, i) =>
                ClientFrames.Frame(i == 0 ? 2 : 0, chunk, fin: i == chunks.Length - 1))]);
            return Transcript(bytes, cuts).SequenceEqual([$"binary {ClientFrames.Show(payload)}".TrimEnd()]);
        });
    }

    [Fact]
    public void Read_RandomBytes_NeverThrowsAndAtMostOneEndComes()
    {
        // A random first byte is a fault three times out of four, so good frames are mixed in.
        var good = FrameCases.All.Values.Select(one => one.Bytes).Where(bytes => bytes.Length < 300).ToArray();
        var noise = Gen.OneOf(Gen.Byte.Array[0, 40], Gen.Int[0, good.Length - 1].Select(i => good[i]));
        Gen.Select(noise.Array[1, 12], Gen.Int[1, 20].Array[0, 30]).Sample((parts, cuts) =>
        {
            var said = Transcript(ClientFrames.Join(parts), cuts);
            var ends = said.Count(line => line.StartsWith("fault", StringComparison.Ordinal) || line.StartsWith("close", StringComparison.Ordinal));
            return ends == 0 || (ends == 1 && (said[^1][0] is 'f' or 'c'));
        });
    }

    [Fact]
    public void Read_FaultOfALength_IsToldBeforeTheMaskKeyComes()
    {
        using var reader = CreateSut();
        var header = ClientFrames.Header(2, 1UL << 40)[..10].AsMemory();

        Assert.Equal(CloseCode.MessageTooBig, reader.Read(ref header).Code);
        Assert.False(reader.HoldsBuffer);
    }

    [Fact]
    public void Read_BetweenMessages_HoldsNoBuffer()
    {
        using var reader = CreateSut();
        var bytes = ClientFrames.Join(ClientFrames.Text("one", fin: false), ClientFrames.Ping("p"), ClientFrames.More("two", fin: true));
        foreach (var value in bytes)
        {
            var input = new[] { value }.AsMemory();
            while (reader.Read(ref input).Kind != ReadEventKind.NeedMore)
                Assert.True(input.IsEmpty);
        }

        Assert.True(reader.IsIdle);
        Assert.False(reader.HoldsBuffer);
    }

    [Fact]
    public void Read_AnnouncedBytesThatDidNotCome_CostNoMemory()
    {
        using var reader = CreateSut();
        var header = ClientFrames.Header(2, FrameCases.MaxMessageBytes).AsMemory();

        Assert.Equal(ReadEventKind.NeedMore, reader.Read(ref header).Kind);
        Assert.False(reader.HoldsBuffer);
        Assert.False(reader.IsIdle);
        Assert.Equal(FrameCases.MaxMessageBytes, reader.BytesWanted);
    }

    [Fact]
    public void Read_WholeMessageInTheInput_IsHandedOutWithoutACopy()
    {
        using var reader = CreateSut();
        var memory = ClientFrames.Text("Hello").AsMemory();
        var input = memory;

        var found = reader.Read(ref input);

        Assert.True(found.Payload.Span.Overlaps(memory.Span));
        Assert.False(reader.HoldsBuffer);
    }

    [Fact]
    public void Read_AfterAFault_HoldsNothing()
    {
        using var reader = CreateSut();
        var input = ClientFrames.Join(ClientFrames.Binary(new byte[1000], fin: false), ClientFrames.Text("x")).AsMemory();

        var found = reader.Read(ref input);

        Assert.Equal(CloseCode.ProtocolError, found.Code);
        Assert.NotNull(found.Fault);
        Assert.True(reader.HasEnded);
        Assert.False(reader.HoldsBuffer);
    }

    private static MessageReader CreateSut() => new(FrameCases.MaxMessageBytes, FrameCases.MaxFragments);

    private static List<string> Transcript(byte[] bytes, IEnumerable<int> cuts)
    {
        using var reader = CreateSut();
        return ClientFrames.Transcript(reader, bytes, cuts);
    }
}
