using QuikApp.Cluster.Topology;

namespace QuikApp.Cluster.Workload;

/// <summary>
/// Finds which node has which conversation by what nodes count: of a few channels the first gets one message, the next two,
/// then four, so that each node's count tells which of them are its own. Nobody else may write meanwhile.
/// </summary>
internal static class Placement
{
    private const int AtOnce = 4;

    /// <summary>The node of each sender's topic.</summary>
    public static async Task<Dictionary<string, ServerNode>> OfAsync(IDeployment deployment, IReadOnlyList<SteadySender> senders)
    {
        var placed = new Dictionary<string, ServerNode>();
        // The first message brings a conversation up, wherever that is.
        await Task.WhenAll(senders.Select(sender => sender.SendAsync()));
        foreach (var few in senders.Chunk(AtOnce))
        {
            var before = await CountsAsync(deployment);
            await Task.WhenAll(few.Select((sender, n) => SendAsync(sender, 1 << n)));
            var after = await CountsAsync(deployment);
            for (var n = 0; n < few.Length; n++)
            {
                // A repetition that was stored once counts once, so the sum is exact.
                var node = Enumerable.Range(0, deployment.Nodes.Count).Single(i => ((after[i] - before[i]) >> n & 1) == 1);
                placed[few[n].Topic] = deployment.Nodes[node];
            }
        }

        return placed;
    }

    private static async Task SendAsync(SteadySender sender, int times)
    {
        for (var i = 0; i < times; i++)
            await sender.SendAsync();
    }

    private static async Task<long[]> CountsAsync(IDeployment deployment)
    {
        await Task.Delay(NodeMetrics.Kept);
        return await Task.WhenAll(deployment.Nodes.Select(NodeMetrics.SendsAsync));
    }
}
