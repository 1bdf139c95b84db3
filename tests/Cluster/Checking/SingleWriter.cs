using QuikApp.Cluster.History;

namespace QuikApp.Cluster.Checking;

/// <summary>I14: one writer a room: no number is given twice, and who lost the room acknowledges nothing.</summary>
internal sealed class SingleWriter : IInvariant
{
    /// <inheritdoc/>
    public IEnumerable<Violation> Check(RunIndex run)
    {
        foreach (var same in run.Run.Seen.Rows.GroupBy(r => (r.Room, r.Seq)).Where(same => same.Skip(1).Any()))
            yield return new("I14", $"{same.Key.Room} {same.Key.Seq} is in the database {same.Count()} times");
        foreach (var same in run.Journal.Where(same => same.Skip(1).Any()))
            yield return new("I14", $"{same.Key.Room} {same.Key.Seq} is in the journal {same.Count()} times");

        foreach (var same in run.Acks.Where(l => l.Kind is EntryKind.Create or EntryKind.Edit).GroupBy(l => (l.Room, l.Seq)))
        {
            var pushes = same.Select(l => l.Cid).Distinct().ToList();
            if (pushes.Count > 1)
                yield return new("I14", $"{same.Key.Room} {same.Key.Seq} was acknowledged for {string.Join(" and ", pushes)}");
        }

        foreach (var silent in run.Run.Seen.MustBeSilent)
        {
            foreach (var ack in run.Acks.Where(l => l.Node == silent.Node && l.T > silent.From && l.T < silent.To))
                yield return new("I14", $"{silent.Node} acknowledged {ack.Room} {ack.Seq} for {ack.Cid} when it was not to");
        }
    }
}
