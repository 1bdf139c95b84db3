using QuikApp.Cluster.History;

namespace QuikApp.Cluster.Checking;

/// <summary>How long channels could not be written: of each, the longest time in which somebody waited and nothing was acknowledged.</summary>
internal static class ChannelOutage
{
    /// <summary>The longest wait of each channel that touches a time. A channel that nobody wrote to then has none.</summary>
    /// <param name="lines">Histories; a repetition is the same push.</param>
    /// <param name="from">When the time begins.</param>
    /// <param name="to">When it ends.</param>
    public static IReadOnlyDictionary<string, TimeSpan> Of(IEnumerable<HistoryLine> lines, long from, long to) => lines
        .Where(l => l is { Room: not null, Cid: not null } && l.Op is Operation.Send or Operation.Ack or Operation.Nack)
        .GroupBy(l => l.Room!)
        .Select(room => (Room: room.Key, Longest: LongestOf(room.OrderBy(l => l.T), from, to)))
        .Where(room => room.Longest is not null)
        .ToDictionary(room => room.Room, room => TimeSpan.FromSeconds(MonotonicClock.Seconds(room.Longest!.Value)));

    private static long? LongestOf(IEnumerable<HistoryLine> lines, long from, long to)
    {
        var waiting = new HashSet<string>();
        var since = 0L;
        long? longest = null;
        foreach (var line in lines)
        {
            if (line.Op == Operation.Send)
            {
                if (waiting.Count == 0)
                    since = line.T;
                waiting.Add(line.Cid!);
            }
            else if (waiting.Count > 0)
            {
                if (line.T >= from && since <= to)
                    longest = Math.Max(longest ?? 0, line.T - since);
                waiting.Remove(line.Cid!);
                since = line.T;
            }
        }

        return longest;
    }
}
