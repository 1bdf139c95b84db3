using QuikApp.Cluster.History;

namespace QuikApp.Cluster.Checking;

/// <summary>I9: what anybody was shown is in the journal, with that body and nobody else's.</summary>
internal sealed class NoPhantoms : IInvariant
{
    /// <inheritdoc/>
    public IEnumerable<Violation> Check(RunIndex run)
    {
        foreach (var line in run.Run.Lines.Where(l => l is { Op: Operation.Recv or Operation.Read, Seq: not null, Room: not null }))
        {
            var entries = run.Journal[(line.Room!, line.Seq!.Value)].ToList();
            if (entries.Count == 0)
                yield return new("I9", $"{line.Client} was shown {line.Room} {line.Seq} ({line.Cid}), and the journal has no such number");
            else if (!entries.Any(e => e.Cid == line.Cid && e.H == line.H))
                yield return new("I9", $"{line.Client} was shown {line.Cid} {line.H} as {line.Room} {line.Seq}, and the journal has {entries[0].Cid} {entries[0].H}");
        }
    }
}
