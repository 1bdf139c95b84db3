using System.Diagnostics;

namespace QuikApp.Cluster.History;

/// <summary>The clock of the histories.</summary>
internal static class MonotonicClock
{
    private const long NanosPerSecond = 1_000_000_000;

    /// <summary>Nanoseconds now.</summary>
    public static long Now => (long)(Stopwatch.GetTimestamp() * ((double)NanosPerSecond / Stopwatch.Frequency));

    /// <summary>A span in the clock's unit.</summary>
    public static long Nanos(TimeSpan span) => span.Ticks * 100;

    /// <summary>The clock's unit in seconds.</summary>
    public static double Seconds(long nanos) => (double)nanos / NanosPerSecond;
}
