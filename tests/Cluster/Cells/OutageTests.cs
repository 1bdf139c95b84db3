using System.Diagnostics;
using System.Globalization;
using QuikApp.Cluster.Checking;
using QuikApp.Cluster.History;
using QuikApp.Cluster.Topology;
using QuikApp.Cluster.Workload;
using Xunit.Abstractions;

namespace QuikApp.Cluster.Cells;

/// <summary>
/// A report and no test of times: for how long channels cannot be written when a node goes, and its users are still listed,
/// over many trials.
/// <c>QUIKAPP_OUTAGE_TRIALS</c> says how many, 30 for figures to be published.
/// </summary>
[Trait("Storage", "PostgreSQL")]
[Trait("Category", "Report")]
public sealed class OutageTests(ITestOutputHelper output) : Cell(output)
{
    private const string Variable = "QUIKAPP_OUTAGE_TRIALS";
    private const int Channels = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>The cells have a shorter one.</summary>
    private static readonly Dictionary<string, string> ProductsGrace = new() { ["Presence:LeaveGrace"] = "00:00:05" };

    [SkippableFact]
    public Task Killed_Outage() => ReportAsync("SIGKILL, started again when the others serve", startsAtOnce: false, node => node.KillAsync());

    [SkippableFact]
    public Task KilledAndStarted_Outage() => ReportAsync("SIGKILL, started again at once", startsAtOnce: true, node => node.KillAsync());

    [SkippableFact]
    public Task Restarted_Outage() => ReportAsync("SIGTERM, started again at once", startsAtOnce: true, node => node.TerminateAsync());

    [SkippableFact]
    public async Task HalfOpen_Outage()
    {
        var trials = Trials();
        await using var deployment = await PostgresDeployment.StartAsync([], ProductsGrace);
        var ghosts = new List<Ghost>();
        try
        {
            for (var n = 0; n < trials; n++)
                ghosts.Add(await Ghost.ConnectAsync(deployment, deployment.Nodes[n % deployment.Nodes.Count], n));
            foreach (var ghost in ghosts)
                await ghost.ListedAsync();
            // Spread over the period of the server's own pings.
            var gone = new List<Task<TimeSpan>>();
            foreach (var ghost in ghosts)
            {
                await deployment.Network.CutClientAsync(ghost.Node.Name, ghost.Socket.LocalPort);
                gone.Add(ghost.GoneAsync(Patience));
                await Task.Delay(TimeSpan.FromSeconds(1));
            }

            Say($"half-open, {trials} trials, listed by another node for: {Spread(await Task.WhenAll(gone))}");
        }
        finally
        {
            ghosts.ForEach(ghost => ghost.Dispose());
        }
    }

    private async Task ReportAsync(string fault, bool startsAtOnce, Func<ServerNode, Task> stop)
    {
        var trials = Trials();
        var channels = Enumerable.Range(0, Channels).Select(n => $"steady-{n}").ToList();
        await using var deployment = await PostgresDeployment.StartAsync(channels, ProductsGrace);
        var (its, others, listed, ready) = (new List<TimeSpan>(), new List<TimeSpan>(), new List<TimeSpan>(), new List<TimeSpan>());
        for (var trial = 0; trial < trials; trial++)
        {
            var node = deployment.Nodes[trial % deployment.Nodes.Count];
            using var ghost = await Ghost.ConnectAsync(deployment, node, trial);
            await ghost.ListedAsync();
            Task<TimeSpan>? gone = null;
            var (placed, outages, started) = await TrialAsync(deployment, channels, node, startsAtOnce, stopped =>
            {
                gone = ghost.GoneAsync(Patience);
                return stop(stopped);
            });
            listed.Add(await gone!);
            ready.Add(started);
            its.AddRange(outages.Where(channel => placed[channel.Key] == node).Select(channel => channel.Value));
            others.AddRange(outages.Where(channel => placed[channel.Key] != node).Select(channel => channel.Value));
            Say($"{fault} trial {trial + 1} of {node.Name}: its channels {Spread(outages.Where(c => placed[c.Key] == node).Select(c => c.Value))}; others {Spread(outages.Where(c => placed[c.Key] != node).Select(c => c.Value))}");
        }

        Say($"{fault}, {trials} trials, channels of the node that went: {Spread(its)}");
        Say($"{fault}, {trials} trials, channels of the others: {Spread(others)}");
        Say($"{fault}, {trials} trials, a user of that node listed by another for: {Spread(listed)}");
        Say($"{fault}, {trials} trials, from the start of the process to ready: {Spread(ready)}");
        Assert.NotEmpty(its);
    }

    /// <summary>How many are asked for; where none are the test is skipped.</summary>
    internal static int Trials()
    {
        var trials = int.Parse(Environment.GetEnvironmentVariable(Variable) ?? "0", CultureInfo.InvariantCulture);
        Skip.If(trials < 1, $"a report that takes most of a minute a trial; {Variable}=30 makes it");
        return trials;
    }

    private static async Task<(Dictionary<string, ServerNode> Placed, IReadOnlyDictionary<string, TimeSpan> Outages, TimeSpan Started)> TrialAsync(
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
            var starting = Stopwatch.GetTimestamp();
            await node.StartAsync();
            var started = Stopwatch.GetElapsedTime(starting);
            await deployment.WholeAsync(node);
            await AllAcknowledgedAsync(senders, 2);
            var to = MonotonicClock.Now;
            await stopping.CancelAsync();
            await running.WaitAsync(Patience);
            return (placed, ChannelOutage.Of(senders.SelectMany(sender => sender.Lines), from, to), started);
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

    /// <summary>Median, 99th percentile and longest.</summary>
    internal static string Spread(IEnumerable<TimeSpan> spans)
    {
        var sorted = spans.Order().ToList();
        return sorted.Count == 0
            ? "none"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"p50 {At(0.5):F2} s, p99 {At(0.99):F2} s, longest {At(1):F2} s of {sorted.Count}");
        double At(double share) => sorted[Math.Clamp((int)Math.Ceiling(sorted.Count * share) - 1, 0, sorted.Count - 1)].TotalSeconds;
    }

    /// <summary>A user who goes with a node, or without a word, seen from the next node.</summary>
    private sealed class Ghost(PostgresDeployment deployment, ServerNode node, ServerNode observer, string user, PhoenixSocket socket) : IDisposable
    {
        public ServerNode Node => node;

        public PhoenixSocket Socket => socket;

        public static async Task<Ghost> ConnectAsync(PostgresDeployment deployment, ServerNode node, int number)
        {
            var user = $"ghost-{number}";
            var observer = deployment.Nodes.First(other => other != node);
            return new(deployment, node, observer, user, (await PhoenixSocket.ConnectAsync(node.Url, deployment.Tokens.For(user), _ => { })).Listen());
        }

        public Task ListedAsync() => Until.TrueAsync(IsListedAsync, Patience, () => $"{observer.Name} lists {user}");

        public async Task<TimeSpan> GoneAsync(TimeSpan patience)
        {
            var from = MonotonicClock.Now;
            await Until.TrueAsync(async () => !await IsListedAsync(), patience, () => $"{user} is not listed any more");
            return TimeSpan.FromSeconds(MonotonicClock.Seconds(MonotonicClock.Now - from));
        }

        public void Dispose() => socket.Dispose();

        // A node that cannot say has not said that the user is gone.
        private async Task<bool> IsListedAsync()
        {
            var listed = await PresenceProbe.ListedAsync(deployment, observer);
            return listed.Contains(user) || listed.Any(name => name.StartsWith('('));
        }
    }
}
