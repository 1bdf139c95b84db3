using QuikApp.Cluster.History;

namespace QuikApp.Cluster.Checking;

/// <summary>
/// I4: numbers have no hole, in the journal and in what each subscriber got from its join on; or the server said that there is
/// one, and the client fetched what was left out.
/// </summary>
internal sealed class Density : IInvariant
{
    /// <inheritdoc/>
    public IEnumerable<Violation> Check(RunIndex run)
    {
        foreach (var (room, entries) in run.Rooms)
        {
            if (Hole(0, entries.Select(e => e.Seq)) is { } hole)
                yield return new("I4", $"the journal of {room} has no {hole}");
        }

        var read = run.Run.Lines
            .Where(l => l is { Op: Operation.Read, Seq: not null })
            .ToLookup(l => (l.Client, l.Room), l => l.Seq!.Value);
        foreach (var subscription in run.Subscriptions.Where(s => s.Before is not null))
        {
            var gaps = subscription.Lines.Where(l => l.Op == Operation.Gap).ToList();
            var announced = gaps.SelectMany(gap => Numbers(gap.Seq!.Value, gap.Head!.Value)).ToHashSet();
            if (Hole(subscription.Before!.Value, subscription.Received.Select(l => l.Seq!.Value).Concat(announced)) is { } hole)
                yield return new("I4", $"{subscription} did not get {hole}, and nothing said so");
            announced.ExceptWith(read[(subscription.Lines[0].Client, subscription.Lines[0].Room)]);
            if (announced.Count > 0)
                yield return new("I4", $"{subscription} was told of a gap and never fetched {announced.Min()}");
        }
    }

    private static long? Hole(long before, IEnumerable<long> numbers)
    {
        foreach (var number in numbers.Where(n => n > before).Distinct().Order())
        {
            if (number != ++before)
                return before;
        }

        return null;
    }

    private static IEnumerable<long> Numbers(long from, long to)
    {
        for (var n = from; n <= to; n++)
            yield return n;
    }
}
