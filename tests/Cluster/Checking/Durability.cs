using QuikApp.Cluster.History;

namespace QuikApp.Cluster.Checking;

/// <summary>I1: what was acknowledged is in the journal, a message at exactly the number that was said.</summary>
internal sealed class Durability : IInvariant
{
    /// <inheritdoc/>
    public IEnumerable<Violation> Check(RunIndex run)
    {
        // Of what repeats without a new event (a reaction that is there already), the answer names a later number.
        var first = run.Run.Journal
            .Where(e => e.H is not null && e.Kind != EntryKind.Create)
            .GroupBy(e => (e.Room, e.Kind, e.H))
            .ToDictionary(same => same.Key, same => same.Min(e => e.Seq));

        foreach (var ack in run.Acks)
        {
            var isThere = ack.Kind == EntryKind.Create
                ? run.Journal[(ack.Room!, ack.Seq!.Value)].Any(e => e.Cid == ack.Cid)
                : first.TryGetValue((ack.Room!, ack.Kind!.Value, ack.H), out var seq) && seq <= ack.Seq;
            if (!isThere)
                yield return new("I1", $"{ack.Client} was told {ack.Room} {ack.Seq} for {ack.Cid} ({ack.Kind}), and the journal does not have it there");
        }
    }
}
