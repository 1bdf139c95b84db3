using System.Diagnostics;
using System.Globalization;
using QuikApp.Cluster.Checking;
using QuikApp.Cluster.Topology;
using QuikApp.Cluster.Workload;
using Xunit.Abstractions;

namespace QuikApp.Cluster.Cells;

/// <summary>Readers that hold others up, if the server lets them.</summary>
public sealed class SlowReaderTests(ITestOutputHelper output) : Cell(output)
{
    private const int Readers = 30;

    /// <summary>As little as the system gives, so that what is not read stays with the server.</summary>
    private const int SmallBuffer = 4096;

    /// <summary>The time to fill what the kernel and the server keep for a reader, and the server's 10 s for a write.</summary>
    private static readonly TimeSpan CutLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task F37_ReadersThatNeverRead_AreCutAndHoldUpNobody(string storage)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "the harness reads /proc");
        var plan = new WorkloadPlan { Seed = 37, Padding = 8000 };
        await using var deployment = await Deployments.StartAsync(storage, plan.Channels);
        var node = deployment.Nodes[0];
        await using var run = await CellRun.StartAsync("F37", $"{Readers} sockets in the hot room that never read", deployment, plan, node);
        var sockets = new List<PhoenixSocket>();
        try
        {
            run.Begin();
            var start = Stopwatch.GetTimestamp();
            for (var n = 0; n < Readers; n++)
            {
                var socket = await PhoenixSocket.ConnectAsync(node.Url, deployment.Tokens.For(Name(n)), _ => { }, SmallBuffer);
                sockets.Add(socket);
                await socket.PushBlindAsync($"channel:{WorkloadPlan.Hot}", "phx_join", new { }, Patience);
            }

            await Until.TrueAsync(async () => await ListedAsync(deployment) == Readers, Patience, () => "all slow readers are online");
            await Until.TrueAsync(async () => await ListedAsync(deployment) == 0, CutLimit, () => "all slow readers are cut");
            run.Figures["all cut after s"] = Stopwatch.GetElapsedTime(start).TotalSeconds;
            run.MoreEffects = Readers;
            run.Heal();
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }

        Judge(await run.FinishAsync(Thresholds.OfCells with { Effects = Readers }));
    }

    private static string Name(int n) => string.Create(CultureInfo.InvariantCulture, $"slow-{n}");

    private static async Task<int> ListedAsync(IDeployment deployment) =>
        (await PresenceProbe.ListedAsync(deployment, deployment.Nodes[0])).Count(user => user.StartsWith("slow-", StringComparison.Ordinal));
}
