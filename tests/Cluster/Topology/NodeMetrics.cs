using System.Globalization;

namespace QuikApp.Cluster.Topology;

/// <summary>What a node counts.</summary>
internal static class NodeMetrics
{
    /// <summary>The scrape is kept for this long, and then made anew.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromMilliseconds(350);

    /// <summary>Messages that conversations on this node have committed.</summary>
    public static async Task<long> SendsAsync(ServerNode node)
    {
        using var http = new HttpClient();
        var metrics = await http.GetStringAsync(new Uri(node.Url, "/metrics"));
        return (long)metrics.Split('\n')
            .Where(line => line.StartsWith("quikapp_sends", StringComparison.Ordinal))
            .Sum(line => double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
    }
}
