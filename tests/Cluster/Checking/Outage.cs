using QuikApp.Cluster.History;

namespace QuikApp.Cluster.Checking;

/// <summary>How long clients could not write: of each, the longest time between two acknowledgements that touches the fault.</summary>
/// <param name="P50">Of half of the clients it was shorter.</param>
/// <param name="P99">Of 99 of 100.</param>
/// <param name="Longest">Of all.</param>
internal sealed record Outage(TimeSpan P50, TimeSpan P99, TimeSpan Longest)
{
    /// <summary>Looks at the acknowledgements of each client.</summary>
    public static Outage Of(IEnumerable<HistoryLine> acks, FaultWindow fault)
    {
        var longest = acks
            .GroupBy(l => l.Client)
            .Select(client => LongestOf(client.Select(l => l.T).Order().ToList(), fault))
            .Where(gap => gap > 0)
            .Order()
            .ToList();
        return longest.Count == 0
            ? new Outage(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero)
            : new Outage(At(longest, 0.5), At(longest, 0.99), At(longest, 1));
    }

    // Gaps that begin after the fault was healed may still be its consequence; the ones a fault's length later are not.
    private static long LongestOf(List<long> times, FaultWindow fault)
    {
        var longest = 0L;
        for (var i = 1; i < times.Count; i++)
        {
            if (times[i] >= fault.From && times[i - 1] <= fault.To)
                longest = Math.Max(longest, times[i] - times[i - 1]);
        }

        return longest;
    }

    private static TimeSpan At(List<long> sorted, double share) =>
        TimeSpan.FromSeconds(MonotonicClock.Seconds(sorted[Math.Clamp((int)Math.Ceiling(sorted.Count * share) - 1, 0, sorted.Count - 1)]));
}
