using System.Globalization;

namespace QuikApp.Cluster.Workload;

/// <summary>Names of subscriptions and pages, unique in this process.</summary>
internal static class SubscriptionName
{
    private static int _last;

    /// <summary>The next one.</summary>
    public static string Next(string user) => string.Create(CultureInfo.InvariantCulture, $"{user}#{Interlocked.Increment(ref _last)}");
}
