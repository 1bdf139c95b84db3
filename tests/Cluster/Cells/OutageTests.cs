using System.Globalization;
using QuikApp.Cluster.Checking;
using QuikApp.Cluster.History;
using QuikApp.Cluster.Topology;
using QuikApp.Cluster.Workload;
using Xunit.Abstractions;

namespace QuikApp.Cluster.Cells;

/// <summary>
/// A report and no test of times: for how long channels cannot be written when a node goes, over many trials.
/// <c>QUIKAPP_OUTAGE_TRIALS</c> says how many, 30 for figures to be published.
/// </summary>
[Trait("Storage", "PostgreSQL")]
[Trait("Category", "Report")]
public sealed class OutageTests(ITestOutputHelper output) : Cell(output)
{
    private const string Variable = "QUIKAPP_OUTAGE_TRIALS";
    private const int Channels = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [SkippableFact]
    public Task Killed_Outage() => ReportAsync("SIGKILL, started again when the others serve", startsAtOnce: false, node => node.KillAsync());

    [SkippableFact]
    public Task KilledAndStarted_Outage() => ReportAsync("SIGKILL, started again at once", startsAtOnce: true, node => node.KillAsync());

    [SkippableFact]
    public Task Restarted_Outage() => ReportAsync("SIGTERM, started again at once", startsAtOnce: true, node => node.TerminateAsync());

    private async Task ReportAsync(string fault, bool startsAtOnce, Func<ServerNode, Task> stop)
    {
        var trials = int.Parse(Environment.GetEnvironmentVariable(Variable) ?? "0", CultureInfo.InvariantCulture);
        Skip.If(trials < 1, $"a report that takes most of a minute a trial; {Variable}=30 makes it");
        var channels = Enumerable.Range(0, Channels).Select(n => $"steady-{n}").ToList();
        await using var deployment = await PostgresDeployment.StartAsync(channels);
        var (its, others) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var trial = 0; trial < trials; trial++)
        {
            var node = deployment.Nodes[trial % deployment.Nodes.Count];
            var (placed, outages) = await TrialAsync(deployment, channels, node, startsAtOnce, stop);
            its.AddRange(outages.Where(channel => placed[channel.Key] == node).Select(channel => channel.Value));
            others.AddRange(outages.Where(channel => placed[channel.Key] != node).Select(channel => channel.Value));
            Say($"{fault} trial {trial + 1} of {node.Name}: its channels {Spread(outages.Where(c => placed[c.Key] == node).Select(c => c.Value))}; others {Spread(outages.Where(c => placed[c.Key] != node).Select(c => c.Value))}");
        }

        Say($"{fault}, {trials} trials, channels of the node that went: {Spread(its)}");
        Say($"{fault}, {trials} trials, channels of the others: {Spread(others)}");
        Assert.NotEmpty(its);
    }

    private static async Task<(Dictionary<string, ServerNode> Placed, IReadOnlyDictionary<string, TimeSpan> Outages)> TrialAsync(
        PostgresDeployment deployment, IReadOnlyList<string> channels, ServerNode node, bool startsAtOnce, Func<ServerNode, Task> stop)
    {
        var senders = channels.Select((channel, n) => new SteadySender(channel, $"steady-user-{n}", deployment, n)).ToList();
        try
        {
            var placed = await Placement.OfAsync(deployment, senders);
            using var stopping = new CancellationTokenSource();
            var running = Task.WhenAll(senders.Select(sender => Task.Run(() => sender.RunAsync(stopping.Token))));
            await AllAcknowledgedAsync(senders, 2);
            var from = MonotonicClock.Now;
            await stop(node);
            // A node that comes back under its address tells the others that it was gone.
            if (!startsAtOnce)
                await AllAcknowledgedAsync(senders, 2);
            await node.StartAsync();
            await deployment.WholeAsync(node);
            await AllAcknowledgedAsync(senders, 2);
            var to = MonotonicClock.Now;
            await stopping.CancelAsync();
            await running.WaitAsync(Patience);
            return (placed, ChannelOutage.Of(senders.SelectMany(sender => sender.Lines), from, to));
        }
        finally
        {
            foreach (var sender in senders)
                sender.Dispose();
        }
    }

    private static Task AllAcknowledgedAsync(IReadOnlyList<SteadySender> senders, int more)
    {
        var until = senders.ToDictionary(sender => sender, sender => sender.Acked + more);
        return Until.TrueAsync(
            () => Task.FromResult(until.All(of => of.Key.Acked >= of.Value)), Patience, () => "every channel is written");
    }

    private static string Spread(IEnumerable<TimeSpan> spans)
    {
        var sorted = spans.Order().ToList();
        return sorted.Count == 0
            ? "none"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"p50 {At(0.5):F2} s, p99 {At(0.99):F2} s, longest {At(1):F2} s of {sorted.Count}");
        double At(double share) => sorted[Math.Clamp((int)Math.Ceiling(sorted.Count * share) - 1, 0, sorted.Count - 1)].TotalSeconds;
    }
}
