using System.Text.Json;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Journal;

namespace QuikApp.Protocol.Tests.Journal;

public sealed class GoldenVectorTests
{
    public static TheoryData<string> Names => [.. GoldenVector.All.Select(vector => vector.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_GoldenEvent_GivesTheFrozenBytes(string name)
    {
        var vector = GoldenVector.All.Single(v => v.Name == name);
        var (_, record) = vector.Write();
        var description = vector.Describe(record);

        // What was written is kept beside the test binary: a new vector is committed from there, after review.
        var kept = Path.Combine(AppContext.BaseDirectory, "vectors-written");
        Directory.CreateDirectory(kept);
        File.WriteAllBytes(Path.Combine(kept, name + ".record"), record.Bytes.Span);
        File.WriteAllText(Path.Combine(kept, name + ".json"), description);

        Assert.Equal(GoldenVector.ReadBytes(name), record.Bytes.ToArray());
        Assert.Equal(GoldenVector.ReadDescription(name), description);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_FrozenBytes_GiveTheGoldenEvent(string name)
    {
        var vector = GoldenVector.All.Single(v => v.Name == name);
        var record = JournalRecord.Parse(GoldenVector.ReadBytes(name));
        EventEquality.AssertSame(vector.Event, RecordReader.Read(record, vector.Key));
    }

    [Fact]
    public void Check_FrozenStreams_ChainFromTheirGenesis()
    {
        var heads = new Dictionary<StreamId, ChainHead>();
        foreach (var vector in GoldenVector.All)
        {
            var stream = vector.Event.Stream;
            var head = heads.GetValueOrDefault(stream, ChainHead.Genesis(stream));
            Assert.Null(ChainVerifier.Check(stream, head, GoldenVector.ReadBytes(vector.Name), out var record));
            using var description = JsonDocument.Parse(GoldenVector.ReadDescription(vector.Name));
            Assert.Equal(description.RootElement.GetProperty("leaf").GetString(), record!.Leaf.ToString());
            heads[stream] = ChainHead.After(record);
        }
    }

    [Fact]
    public void All_EventTypes_HaveAVector()
    {
        var types = typeof(EventTypes).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);
        Assert.Equal(types.Order(), GoldenVector.All.Select(v => EventTypes.Of(v.Event.Event)).Distinct().Order());
        Assert.Equal(GoldenVector.All.Length, Directory.GetFiles(GoldenVector.PathOf("."), "*.record").Length);
    }

    [Theory]
    [InlineData("03-message.created.v1")]
    [InlineData("08-member.removed.v1")]
    public void FlippedBit_AnywhereInARecord_IsCaught(string name)
    {
        var vector = GoldenVector.All.Single(v => v.Name == name);
        var (before, record) = vector.Write();
        var next = GoldenVector.All.Single(v => v.Number == vector.Number + 1).Write().Record;
        var original = record.Bytes.ToArray();

        for (var at = 0; at < original.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var bytes = original.ToArray();
                bytes[at] ^= (byte)(1 << bit);
                Assert.True(IsCaught(bytes, at <= record.HeaderBytes.Length), $"bit {bit} of byte {at} was not noticed");
            }
        }

        bool IsCaught(byte[] bytes, bool isHeader)
        {
            var stream = vector.Event.Stream;
            if (ChainVerifier.Check(stream, before, bytes, out var changed) is not null)
                return true;
            if (ChainVerifier.Check(stream, ChainHead.After(changed!), next) is { } violation)
                return isHeader && violation.Fault is JournalFault.Previous or JournalFault.Time;

            // What the chain does not hold is in a body, and that is found with the key.
            var refusal = Assert.Throws<JournalFormatException>(() => RecordReader.Read(changed!, vector.Key));
            return !isHeader && refusal.Stream == stream && refusal.Seq == vector.Event.Seq && refusal.Fault is JournalFault.Ciphertext;
        }
    }
}
