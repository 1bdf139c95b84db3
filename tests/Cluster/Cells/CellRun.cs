using QuikApp.Cluster.Checking;
using QuikApp.Cluster.History;
using QuikApp.Cluster.Topology;
using QuikApp.Cluster.Workload;

namespace QuikApp.Cluster.Cells;

/// <summary>
/// A cell of the fault matrix while it runs: load, fault, hold, heal, settle, check. Safety is judged over all of it; that
/// everything works again only after the healing.
/// </summary>
internal sealed class CellRun : IAsyncDisposable
{
    private const int FirstAcks = 100;
    private const int WarmUpAcks = 300;
    private static readonly TimeSpan WarmUpLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SettleLimit = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan TypingPatience = TimeSpan.FromSeconds(12);

    private readonly IDeployment _deployment;
    private readonly Load _load;
    private readonly Canary? _canary;
    private readonly string _cell;
    private readonly string _fault;
    private readonly Dictionary<string, (int Files, int Threads)> _before = [];
    private readonly long _warmUp;
    private long _from;
    private long _to;

    private CellRun(string cell, string fault, IDeployment deployment, Load load, Canary? canary, long warmUp) =>
        (_cell, _fault, _deployment, _load, _canary, _warmUp) = (cell, fault, deployment, load, canary, warmUp);

    /// <summary>The clients.</summary>
    public Load Load => _load;

    /// <summary>Figures of the cell's own for its report.</summary>
    public Dictionary<string, double> Figures { get; } = [];

    /// <summary>Users who are connected beside the clients and the bystander.</summary>
    public HashSet<string> AlsoOnline { get; } = [];

    /// <summary>Nodes that must not acknowledge in a time.</summary>
    public List<SilentNode> MustBeSilent { get; } = [];

    /// <summary>Nodes that must answer in time, whatever the answer is.</summary>
    public List<AnsweringNode> MustAnswer { get; } = [];

    /// <summary>Whether every push must come to a good end when it is repeated.</summary>
    public bool MustFinish { get; set; }

    /// <summary>Effects that only the cell can count.</summary>
    public int MoreEffects { get; set; }

    /// <summary>Puts a deployment under load, and waits until it is warm.</summary>
    /// <param name="cell">The cell's number.</param>
    /// <param name="fault">What is done, in a few words.</param>
    /// <param name="deployment">Who suffers it.</param>
    /// <param name="plan">The load.</param>
    /// <param name="canaryNode">The node of the bystander; null: the fault reaches everybody.</param>
    public static async Task<CellRun> StartAsync(string cell, string fault, IDeployment deployment, WorkloadPlan plan, ServerNode? canaryNode = null)
    {
        var load = await Load.StartAsync(deployment, plan);
        try
        {
            var canary = canaryNode is null ? null : await Canary.StartAsync(deployment, canaryNode);
            // The first ones wait for the compiler and not for the server.
            await Until.TrueAsync(() => Task.FromResult(load.Acked >= FirstAcks), WarmUpLimit, () => $"{load.Acked} of {FirstAcks} pushes acknowledged");
            var run = new CellRun(cell, fault, deployment, load, canary, MonotonicClock.Now);
            await Until.TrueAsync(() => Task.FromResult(load.Acked >= FirstAcks + WarmUpAcks), WarmUpLimit, () => $"{load.Acked} of {FirstAcks + WarmUpAcks} pushes acknowledged");
            return run;
        }
        catch
        {
            load.Dispose();
            throw;
        }
    }

    /// <summary>The fault begins with what follows.</summary>
    public void Begin()
    {
        foreach (var node in _deployment.Nodes.Where(n => n.IsRunning))
            _before[node.Name] = node.Size();
        _from = MonotonicClock.Now;
    }

    /// <summary>Waits until that many more pushes were acknowledged: the load goes on through the fault.</summary>
    public Task AcknowledgedAsync(int more, TimeSpan limit)
    {
        var until = _load.Acked + more;
        return Until.TrueAsync(() => Task.FromResult(_load.Acked >= until), limit, () => $"{more} more pushes are acknowledged");
    }

    /// <summary>Waits until every client had something acknowledged since now: no room has been left behind.</summary>
    public Task AllAcknowledgedAsync(TimeSpan limit)
    {
        var before = _load.Clients.ToDictionary(client => client, client => client.Acked);
        return Until.TrueAsync(
            () => Task.FromResult(before.All(client => client.Key.Acked > client.Value)),
            limit,
            () => $"{before.Count(client => client.Key.Acked <= client.Value)} clients have nothing acknowledged since");
    }

    /// <summary>Waits until a node no longer says that it is ready: it has seen that something is wrong.</summary>
    /// <returns>When that was.</returns>
    public async Task<long> UnreadyAsync(ServerNode node, TimeSpan limit)
    {
        await Until.TrueAsync(async () => !await node.IsReadyAsync(), limit, () => $"{node.Name} is ready no longer");
        Figures[$"{node.Name} unready after s"] = MonotonicClock.Seconds(MonotonicClock.Now - _from);
        return MonotonicClock.Now;
    }

    /// <summary>The fault has ended.</summary>
    public void Heal() => _to = MonotonicClock.Now;

    /// <summary>Settles, reads everything back, and judges.</summary>
    public async Task<CellReport> FinishAsync(Thresholds thresholds)
    {
        var typing = _canary is null ? null : await _canary.TypeAsync(TypingPatience);
        await _load.SettleAsync(SettleLimit);
        var presence = await PresenceProbe.SettledAsync(_deployment, Online());
        var resources = Resources();
        var canary = _canary is null ? null : await _canary.StopAsync();
        var rooms = _load.Clients.SelectMany(client => client.Topics).Append($"channel:{Canary.Room}").Distinct().ToList();
        var journal = await ReadBackAsync(rooms);
        var (verification, rows) = await _deployment.VerifyAsync();
        _load.Dispose();
        if (_canary is not null)
            await _canary.DisposeAsync();

        var lines = HistoryFile.ReadAll(Path.Combine(_deployment.Folder, "histories"));
        var seen = new Observations
        {
            Fault = new FaultWindow(_warmUp, _from, _to, MoreEffects + lines.Count(IsEffect)),
            Presence = presence,
            Verification = verification,
            Rows = rows,
            MustBeSilent = MustBeSilent,
            MustAnswer = MustAnswer,
            MustFinish = MustFinish,
            Canary = canary,
            Typing = typing is null ? [] : [typing],
            Members = _load.Members,
            Resources = resources,
            Leaks = LogScan.Of(_deployment, _load.Clients.Select(client => client.User)),
        };
        foreach (var span in MustAnswer)
            Figures[$"slowest answer of {span.Node} s"] = Answers.SlowestOf(lines, span).TotalSeconds;
        var channels = ChannelOutage.Of(lines, _from, _to);
        Figures["longest outage of a channel s"] = channels.Count == 0 ? 0 : channels.Max(channel => channel.Value.TotalSeconds);
        var verdict = Checker.Judge(new Run(lines, journal, seen), thresholds);
        var report = new CellReport(_cell, _fault, _deployment.Kind, verdict, canary, Figures);
        await report.SaveAsync();
        return report;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _load.Dispose();
        if (_canary is not null)
            await _canary.DisposeAsync();
    }

    // A call that rang in the fault may have its time still to go; one that never ends is for the checker to say.
    private async Task<IReadOnlyList<JournalEntry>> ReadBackAsync(IReadOnlyList<string> rooms)
    {
        IReadOnlyList<JournalEntry> journal = [];
        await Until.TryAsync(
            async () =>
            {
                journal = await Readback.OfAsync(_deployment, _deployment.Nodes.First(n => n.IsRunning), rooms, _load.Members);
                return !Calls.Open(journal).Any();
            },
            Calls.Limit);
        return journal;
    }

    private bool IsEffect(HistoryLine line) =>
        line.T >= _from && line.T <= _to && (line.Op == Operation.Info || line is { Op: Operation.Close, Room: null, Code: not "own" });

    private HashSet<string> Online() =>
        [.. _load.Clients.Where(client => client.IsConnected).Select(client => client.User), .. _canary is null ? [] : Canary.Users, .. AlsoOnline];

    // A process that was started anew has nothing to compare with.
    private List<ResourceUse> Resources()
    {
        var uses = new List<ResourceUse>();
        foreach (var node in _deployment.Nodes.Where(n => n.IsRunning && _before.ContainsKey(n.Name)))
        {
            var (before, after) = (_before[node.Name], node.Size());
            uses.Add(new(node.Name, "open files", before.Files, after.Files, Math.Max(20, before.Files / 10)));
            uses.Add(new(node.Name, "threads", before.Threads, after.Threads, Math.Max(20, before.Threads / 10)));
        }

        return uses;
    }
}
