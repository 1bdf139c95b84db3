using QuikApp.Cluster.History;

namespace QuikApp.Cluster.Checking;

/// <summary>I5: everybody sees a room's events in one order: numbers rise in each stream, and a number means the same in all.</summary>
internal sealed class CommonOrder : IInvariant
{
    /// <inheritdoc/>
    public IEnumerable<Violation> Check(RunIndex run)
    {
        foreach (var stream in run.Run.Lines
            .Where(l => l is { Op: Operation.Recv or Operation.Read, Sub: not null, Seq: not null })
            .GroupBy(l => (l.Op, l.Sub)))
        {
            HistoryLine? last = null;
            foreach (var line in stream)
            {
                if (line.Seq < last?.Seq)
                    yield return new("I5", $"{line.Client} got {line.Room} {line.Seq} after {last.Seq} ({line.Sub})");
                last = line;
            }
        }

        var meaning = new Dictionary<(string, long), HistoryLine>();
        foreach (var line in run.Run.Lines.Where(l => l is { Op: Operation.Recv or Operation.Read, Seq: not null, Room: not null }))
        {
            if (!meaning.TryAdd((line.Room!, line.Seq!.Value), line)
                && meaning[(line.Room!, line.Seq.Value)] is var first
                && (first.Cid, first.H) != (line.Cid, line.H))
                yield return new("I5", $"{line.Room} {line.Seq} is {first.Cid} to {first.Client} and {line.Cid} to {line.Client}");
        }
    }
}
