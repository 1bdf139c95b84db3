using QuikApp.Cluster.History;

namespace QuikApp.Cluster.Checking;

/// <summary>G10: a node that can serve nothing says so, and lets nobody wait for longer than it may.</summary>
internal sealed class Answers : IInvariant
{
    /// <inheritdoc/>
    public IEnumerable<Violation> Check(RunIndex run) =>
        from span in run.Run.Seen.MustAnswer
        let slowest = SlowestOf(run.Run.Lines, span)
        where slowest > span.Within
        select new Violation("G10", $"{span.Node} let a push wait for {slowest.TotalSeconds:F1} s, {span.Within.TotalSeconds:F0} s are allowed");

    /// <summary>The slowest answer to a push that began there and then; where the connection went nothing was to be answered.</summary>
    public static TimeSpan SlowestOf(IReadOnlyList<HistoryLine> lines, AnsweringNode span)
    {
        var slowest = 0L;
        foreach (var client in lines.GroupBy(l => l.Client))
        {
            HistoryLine? push = null;
            foreach (var line in client.Where(l => l.Cid is not null && l.Node == span.Node))
            {
                if (line.Op == Operation.Send)
                    push = line.T >= span.From && line.T <= span.To ? line : null;
                else if (push?.Cid == line.Cid && line.Op is Operation.Ack or Operation.Nack or Operation.Info && line.Code != "gone")
                    slowest = Math.Max(slowest, line.T - push!.T);
            }
        }

        return TimeSpan.FromSeconds(MonotonicClock.Seconds(slowest));
    }
}
