using Xunit.Abstractions;

namespace QuikApp.Cluster.Cells;

/// <summary>What all cells share: they play one after the other, and say what they saw.</summary>
[Collection(nameof(Cell))]
[Trait("Category", "Cell")]
public abstract class Cell(ITestOutputHelper output)
{
    /// <summary>Says a line now and in the test's report.</summary>
    private protected void Say(string line)
    {
        output.WriteLine(line);
        Console.WriteLine(line);
    }

    /// <summary>The cell holds, or the test fails with the evidence.</summary>
    private protected void Judge(CellReport report)
    {
        Say(report.ToString());
        Assert.True(report.Verdict.Outcome == Checking.Outcome.Valid, $"{report}\n{report.Verdict}");
    }
}
