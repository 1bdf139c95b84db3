using System.Diagnostics;

namespace QuikApp.Cluster.Topology;

/// <summary>Waits for conditions, never for a time.</summary>
internal static class Until
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until it is so.</summary>
    /// <exception cref="TimeoutException">It was not so within the limit.</exception>
    public static async Task TrueAsync(Func<Task<bool>> isSo, TimeSpan limit, Func<string> what)
    {
        if (!await TryAsync(isSo, limit))
            throw new TimeoutException($"not within {limit.TotalSeconds} s: {what()}");
    }

    /// <summary>Waits until it is so, or the limit is over.</summary>
    /// <returns>Whether it was so.</returns>
    public static async Task<bool> TryAsync(Func<Task<bool>> isSo, TimeSpan limit)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            if (Stopwatch.GetElapsedTime(start) > limit)
                return false;
            await Task.Delay(Glance);
        }

        return true;
    }
}
