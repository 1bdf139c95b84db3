using System.Diagnostics;
using QuikApp.Cluster.Checking;
using QuikApp.Cluster.Topology;
using QuikApp.Cluster.Workload;
using Xunit.Abstractions;

namespace QuikApp.Cluster.Cells;

/// <summary>Connections that end, or that only one side believes in.</summary>
public sealed class NetworkTests(ITestOutputHelper output) : Cell(output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan GhostLimit = TimeSpan.FromSeconds(32);

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task F20_ResetOfAllClientSockets_IsResumedWithoutAGap(string storage)
    {
        Tool.RequireRootAnd(NetworkNamespaces.Tools);
        var plan = new WorkloadPlan { Seed = 20 };
        await using var deployment = await Deployments.StartAsync(storage, plan.Channels, ownNetwork: true);
        await using var run = await CellRun.StartAsync("F20", "TCP reset of all client sockets, three times", deployment, plan);

        run.Begin();
        for (var i = 0; i < 3; i++)
        {
            foreach (var node in deployment.Nodes)
                run.MoreEffects += await deployment.Network!.ResetAsync(node.Name, node.Url.Port);
            await run.AcknowledgedAsync(100, Patience);
        }

        run.Heal();

        Judge(await run.FinishAsync(Thresholds.OfCells with { Effects = plan.Clients }));
    }

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task F21_HalfOpenClient_IsNoGhostFor32Seconds(string storage)
    {
        Tool.RequireRootAnd(NetworkNamespaces.Tools);
        var plan = new WorkloadPlan { Seed = 21 };
        await using var deployment = await Deployments.StartAsync(storage, plan.Channels, ownNetwork: true);
        var node = deployment.Nodes[0];
        await using var run = await CellRun.StartAsync("F21", "a client's packets are dropped both ways, without FIN", deployment, plan, node);
        // To one of them the server has something to say all the time, to the other nothing.
        using var listener = await ConnectAsync(deployment, "ghost-that-listens");
        using var idle = await ConnectAsync(deployment, "ghost-that-is-idle");
        Assert.True((await listener.PushAsync($"channel:{WorkloadPlan.Hot}", "phx_join", new { }, Patience)).IsOk);
        await Until.TrueAsync(async () => (await GhostsAsync(deployment)).Count == 2, Patience, () => "both are listed");

        run.Begin();
        var start = Stopwatch.GetTimestamp();
        await deployment.Network!.CutClientAsync(node.Name, listener.LocalPort);
        await deployment.Network!.CutClientAsync(node.Name, idle.LocalPort);
        var first = TimeSpan.Zero;
        await Until.TrueAsync(
            async () =>
            {
                var left = await GhostsAsync(deployment);
                first = left.Count == 2 ? Stopwatch.GetElapsedTime(start) : first;
                return left.Count == 0;
            },
            3 * GhostLimit,
            () => "the ghosts are gone");
        var last = Stopwatch.GetElapsedTime(start);
        run.Figures["first ghost listed for s"] = first.TotalSeconds;
        run.Figures["last ghost listed for s"] = last.TotalSeconds;
        run.MoreEffects = 2;
        await deployment.Network!.HealAsync();
        run.Heal();

        Judge(await run.FinishAsync(Thresholds.OfCells));
        Assert.True(last <= GhostLimit, $"a ghost was listed for {last.TotalSeconds:F1} s, {GhostLimit.TotalSeconds} s are allowed");
    }

    [SkippableFact]
    public async Task Namespaces_CutAndHealed_AreApartAndTogether()
    {
        Tool.RequireRootAnd([.. NetworkNamespaces.Tools, "bash"]);
        await using var network = await NetworkNamespaces.CreateAsync("n1", "n2", "db");
        // A port on which nobody listens refuses at once when it is reached, and is silent when it is not.
        Task<bool> Reaches(string from, string to) => ReachesAsync(network, from, to);
        Assert.True(await Reaches("n1", "n2"));

        await network.CutAsync("n1", "n2");
        Assert.False(await Reaches("n1", "n2"));
        Assert.False(await Reaches("n2", "n1"));
        Assert.True(await Reaches("n1", "db"));

        await network.HealAsync();
        Assert.True(await Reaches("n1", "n2"));

        await network.CutPortAsync("n1", "db", 9);
        Assert.False(await Reaches("n1", "db"));
        Assert.True(await Reaches("n2", "db"));
        await network.HealAsync();
        Assert.True(await Reaches("n1", "db"));
    }

    private static async Task<bool> ReachesAsync(NetworkNamespaces network, string from, string to)
    {
        var (_, said) = await Tool.TryAsync(
            "ip", ["netns", "exec", network.NamespaceOf(from), "timeout", "1", "bash", "-c", $"exec 3<>/dev/tcp/{network.AddressOf(to)}/9"]);
        return said.Contains("refused", StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<PhoenixSocket> ConnectAsync(IDeployment deployment, string user) =>
        (await PhoenixSocket.ConnectAsync(deployment.Nodes[0].Url, deployment.Tokens.For(user), _ => { })).Listen();

    // Seen from as far away as there is.
    private static async Task<IReadOnlyList<string>> GhostsAsync(IDeployment deployment) =>
        [.. (await PresenceProbe.ListedAsync(deployment, deployment.Nodes[^1])).Where(user => user.StartsWith("ghost", StringComparison.Ordinal))];
}
