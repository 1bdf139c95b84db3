using System.Net.Sockets;
using QuikApp.Cluster.Checking;
using QuikApp.Cluster.Topology;
using QuikApp.Cluster.Workload;
using Xunit.Abstractions;

namespace QuikApp.Cluster.Cells;

/// <summary>Somebody at the cluster's port who is no node. What TLS keeps out is in the tests of <c>NodeTls</c>.</summary>
[Trait("Storage", "PostgreSQL")]
public sealed class ClusterPortTests(ITestOutputHelper output) : Cell(output)
{
    private const int Rounds = 20;
    private const int MoreAcks = 200;
    private const int Megabyte = 1 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Waits = TimeSpan.FromSeconds(1);

    [SkippableFact]
    public async Task F49_GarbageAtTheClusterPort_HarmsNobody()
    {
        var plan = new WorkloadPlan { Seed = 49 };
        await using var deployment = await PostgresDeployment.StartAsync(plan.Channels);
        var node = deployment.Nodes[0];
        await using var run = await CellRun.StartAsync("F49", "garbage, HTTP, silence and frames of 100 MB at the cluster's port", deployment, plan, node);
        var random = new Random(plan.Seed);
        var garbage = new byte[Megabyte];
        random.NextBytes(garbage);
        // The length of a frame comes first, in either order of bytes.
        byte[] large = [0x00, 0x00, 0x40, 0x06, .. garbage];
        byte[] largeToo = [0x06, 0x40, 0x00, 0x00, .. garbage];
        byte[][] kinds = [garbage, "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray(), [], large, largeToo];

        run.Begin();
        for (var round = 0; round < Rounds; round++)
            await Task.WhenAll(kinds.Select(bytes => SendAsync(deployment.Network.AddressOf(node.Name).ToString(), bytes)));
        run.MoreEffects = Rounds * kinds.Length;
        await run.AcknowledgedAsync(MoreAcks, Patience);
        run.Heal();

        foreach (var other in deployment.Nodes)
            await deployment.WholeAsync(other);
        Judge(await run.FinishAsync(Thresholds.OfCells));
    }

    // Says its piece, and listens for what the node has to say until it has enough of either.
    private static async Task SendAsync(string host, byte[] bytes)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(host, PostgresDeployment.ClusterPort);
        using var limit = new CancellationTokenSource(Waits);
        try
        {
            await client.GetStream().WriteAsync(bytes, limit.Token);
            var answer = new byte[1024];
            while (await client.GetStream().ReadAsync(answer, limit.Token) > 0)
            {
                // Whatever it says is not for us.
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // It hung up, or we do.
        }
    }
}
