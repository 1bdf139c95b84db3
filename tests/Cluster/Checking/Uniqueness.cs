using QuikApp.Cluster.History;

namespace QuikApp.Cluster.Checking;

/// <summary>I3: a message is once in the journal, and a number comes once in a subscription.</summary>
internal sealed class Uniqueness : IInvariant
{
    /// <inheritdoc/>
    public IEnumerable<Violation> Check(RunIndex run)
    {
        foreach (var same in run.Run.Journal.Where(e => e is { Kind: EntryKind.Create, Cid: not null }).GroupBy(e => (e.Room, e.Cid)))
        {
            if (same.Skip(1).Any())
                yield return new("I3", $"{same.Key.Cid} is in {same.Key.Room} at {string.Join(" and ", same.Select(e => e.Seq))}");
        }

        foreach (var subscription in run.Subscriptions)
        {
            foreach (var same in subscription.Received.GroupBy(l => l.Seq).Where(same => same.Skip(1).Any()))
                yield return new("I3", $"{subscription} got number {same.Key} {same.Count()} times");
        }
    }
}
