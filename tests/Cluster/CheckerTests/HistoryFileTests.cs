using QuikApp.Cluster.History;

namespace QuikApp.Cluster.CheckerTests;

/// <summary>What is written is what is read.</summary>
public sealed class HistoryFileTests
{
    [Fact]
    public void Line_WrittenAndRead_IsTheSame()
    {
        var line = new HistoryLine(12, "ann", "n1", Operation.Recv)
        {
            Room = "channel:hot",
            Cid = "ann:1",
            Seq = 7,
            H = BodyHash.Of("x"),
            Kind = EntryKind.Create,
            Sub = "s1",
        };

        Assert.Equal(line, HistoryFile.Parse(HistoryFile.Serialize(line)));
        Assert.Equal("""{"t":1,"client":"ann","node":"n1","op":"close"}""", HistoryFile.Serialize(new(1, "ann", "n1", Operation.Close)));
    }
}
