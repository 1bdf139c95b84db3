using QuikApp.Cluster.Checking;
using QuikApp.Cluster.History;

namespace QuikApp.Cluster.CheckerTests;

/// <summary>What figures and promises of time are made of.</summary>
public sealed class OutageFiguresTests
{
    private const string Room = "channel:a";

    [Fact]
    public void ChannelOutage_IsHowLongSomebodyWaited_NotHowLongNobodyWrote()
    {
        var outages = Of([Send(1, "x"), Ack(2, "x"), Send(60, "y"), Send(61, "y"), Ack(65, "y")], from: 50, to: 70);

        Assert.Equal(TimeSpan.FromSeconds(5), outages[Room]);
    }

    [Fact]
    public void ChannelOutage_EndsWithAnybodysAcknowledgement()
    {
        var outages = Of([Send(10, "x"), Send(11, "y"), Ack(13, "y"), Ack(20, "x")], from: 0, to: 30);

        Assert.Equal(TimeSpan.FromSeconds(7), outages[Room]);
    }

    [Fact]
    public void ChannelOutage_OutsideOfTheTime_IsNone() =>
        Assert.Empty(Of([Send(1, "x"), Ack(9, "x"), Send(40, "y"), Ack(49, "y")], from: 10, to: 30));

    [Fact]
    public void NodeThatAnswersLate_IsFound()
    {
        var run = RunBuilder.Correct(1).Build();
        var span = new AnsweringNode("n3", Seconds(10), Seconds(20), TimeSpan.FromSeconds(5));
        AssertFinds("G10", With(run, [Send(11, "x"), Send(11, "x") with { T = Seconds(17), Op = Operation.Info, Code = "unavailable" }], span));
        // In time; begun later; and where the connection went.
        AssertFindsNothing(With(run, [Send(11, "x"), Send(11, "x") with { T = Seconds(15), Op = Operation.Info, Code = "unavailable" }], span));
        AssertFindsNothing(With(run, [Send(21, "x"), Send(11, "x") with { T = Seconds(40), Op = Operation.Info, Code = "unavailable" }], span));
        AssertFindsNothing(With(run, [Send(11, "x"), Send(11, "x") with { T = Seconds(40), Op = Operation.Info, Code = "gone" }], span));
    }

    [Fact]
    public void PushThatComesToNoGoodEnd_IsFound()
    {
        var run = RunBuilder.Correct(1).Build();
        run = run with { Seen = run.Seen with { MustFinish = true } };
        AssertFindsNothing(run);
        AssertFinds("G6", run with { Lines = [.. run.Lines, Send(1, "x"), Send(2, "x") with { Op = Operation.Info, Code = "unavailable" }] });
        AssertFinds("G6", run with { Lines = [.. run.Lines, Send(1, "x"), Send(2, "x") with { Op = Operation.Nack, Code = "forbidden" }] });
        AssertFindsNothing(run with { Lines = [.. run.Lines, Send(1, "x"), Send(2, "x") with { Op = Operation.Nack, Code = "idempotency_conflict" }] });
    }

    private static IReadOnlyDictionary<string, TimeSpan> Of(HistoryLine[] lines, int from, int to) => ChannelOutage.Of(lines, Seconds(from), Seconds(to));

    private static Run With(Run run, HistoryLine[] lines, AnsweringNode span) =>
        run with { Lines = lines, Seen = run.Seen with { MustAnswer = [span] } };

    private static void AssertFinds(string goal, Run run) => Assert.Contains(Goals(run), violation => violation.Invariant == goal);

    private static void AssertFindsNothing(Run run) => Assert.Empty(Goals(run));

    private static IEnumerable<Violation> Goals(Run run)
    {
        var index = new RunIndex(run);
        return [.. new Answers().Check(index), .. new Unfinished().Check(index)];
    }

    private static HistoryLine Send(int seconds, string cid) =>
        new(Seconds(seconds), "ann", "n3", Operation.Send) { Room = Room, Cid = cid, Kind = EntryKind.Create };

    private static HistoryLine Ack(int seconds, string cid) => Send(seconds, cid) with { Op = Operation.Ack };

    private static long Seconds(int seconds) => MonotonicClock.Nanos(TimeSpan.FromSeconds(seconds));
}
