using QuikApp.Cluster.History;

namespace QuikApp.Cluster.Checking;

/// <summary>I10: the same key with the same body has the same number each time; with another body it is a conflict.</summary>
internal sealed class Idempotency : IInvariant
{
    /// <inheritdoc/>
    public IEnumerable<Violation> Check(RunIndex run)
    {
        foreach (var push in run.Acks.Where(l => l.Kind == EntryKind.Create).GroupBy(l => (l.Room, l.Cid)))
        {
            var numbers = push.Select(l => l.Seq).Distinct().ToList();
            if (numbers.Count > 1)
                yield return new("I10", $"{push.Key.Cid} was acknowledged as {push.Key.Room} {string.Join(" and ", numbers)}");
            if (push.Select(l => l.H).Distinct().Skip(1).Any())
                yield return new("I10", $"{push.Key.Cid} was acknowledged with two bodies in {push.Key.Room}");
        }

        foreach (var conflict in run.Run.Lines.Where(l => l is { Op: Operation.Nack, Code: HonestErrors.Conflict }))
        {
            if (run.Attempts[conflict.Cid!].Where(l => l.Op == Operation.Send).Select(l => l.H).Distinct().Count() < 2)
                yield return new("I10", $"{conflict.Cid} is a conflict and had one body");
        }
    }
}
