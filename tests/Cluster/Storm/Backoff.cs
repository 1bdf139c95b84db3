namespace QuikApp.Cluster.Storm;

/// <summary>When a stock Phoenix client tries again, with the random part that the protocol asks of clients.</summary>
internal static class Backoff
{
    // phoenix.js 1.8: reconnectAfterMs and rejoinAfterMs of its sockets and channels.
    private static readonly int[] Reconnect = [10, 50, 100, 150, 200, 250, 500, 1000, 2000];
    private static readonly int[] Rejoin = [1000, 2000, 5000];

    /// <summary>The wait before the n-th connection since the last one that opened; n begins at 1.</summary>
    public static TimeSpan BeforeConnection(int n, Random random) => Jittered(n <= Reconnect.Length ? Reconnect[n - 1] : 5000, random);

    /// <summary>The wait before the n-th repetition of a join; n begins at 1.</summary>
    public static TimeSpan BeforeJoin(int n, Random random) => Jittered(n <= Rejoin.Length ? Rejoin[n - 1] : 10_000, random);

    private static TimeSpan Jittered(int milliseconds, Random random) => TimeSpan.FromMilliseconds(milliseconds * (0.5 + random.NextDouble()));
}
