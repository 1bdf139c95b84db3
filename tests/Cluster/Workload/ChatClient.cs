using QuikApp.Cluster.History;
using QuikApp.Cluster.Topology;

namespace QuikApp.Cluster.Workload;

/// <summary>
/// A user who writes, reads and comes and goes, as a good client does: what is not known is repeated with the same key, and
/// after a lost connection the next node is tried and every topic resumed.
/// </summary>
internal sealed partial class ChatClient : IDisposable
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(20);
    private const int LeastBackoffMs = 50;
    private const int MostBackoffMs = 300;

    private readonly string _token;
    private readonly IReadOnlyList<ServerNode> _nodes;
    private readonly Random _random;
    private readonly WorkloadPlan _plan;
    private readonly HistoryFile _history;
    private readonly LastSeen _seen = new();
    private readonly List<string> _topics = [];
    private readonly CancellationTokenSource _giveUp = new();
    private Session? _session;
    private int _nextNode;
    private volatile int _acked;
    private volatile int _unavailable;

    public ChatClient(string user, string token, IReadOnlyList<ServerNode> nodes, WorkloadPlan plan, int number, string folder)
    {
        User = user;
        _token = token;
        _nodes = nodes;
        _plan = plan;
        _random = new Random(HashCode.Combine(plan.Seed, number));
        _nextNode = number;
        _history = new HistoryFile(Path.Combine(folder, $"{user}.jsonl"));
    }

    /// <summary>Who it is.</summary>
    public string User { get; }

    /// <summary>The topics that it is in, the hot one first.</summary>
    public IList<string> Topics => _topics;

    /// <summary>Its connection, if it has one.</summary>
    public Session? Session => _session;

    /// <summary>Pushes of it that were acknowledged.</summary>
    public int Acked => _acked;

    /// <summary>Pushes of it that were answered <c>unavailable</c>.</summary>
    public int Unavailable => _unavailable;

    /// <summary>Whether it has a connection.</summary>
    public bool IsConnected => _session is { } session && !session.Socket.Closed.IsCompleted;

    /// <summary>Does one thing after the other until it is stopped; then the last one is brought to its end.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await ConnectedAsync();
            while (!stopping.IsCancellationRequested)
            {
                await Task.Delay(_random.Next((int)_plan.Pause.TotalMilliseconds + 1), CancellationToken.None);
                await StepAsync(OperationMix.Next(_random));
            }
        }
        catch (OperationCanceledException) when (_giveUp.IsCancellationRequested)
        {
            // The run is over, and what was tried is not known.
        }
    }

    /// <summary>Reconnects once more and resumes every topic, so that the run shows what a late comer gets; then only lives on.</summary>
    public async Task SettleAsync()
    {
        await ReconnectAsync();
        _ = Task.Run(BeatAsync);
    }

    /// <summary>Ends whatever it waits for.</summary>
    public void GiveUp() => _giveUp.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        _giveUp.Cancel();
        Disconnect("own");
        _history.Dispose();
        _giveUp.Dispose();
    }

    /// <summary>Connects where there is no connection, and joins what is not joined.</summary>
    public async Task<Session> ConnectedAsync()
    {
        while (true)
        {
            _giveUp.Token.ThrowIfCancellationRequested();
            if (_session is { } old && old.Socket.Closed.IsCompleted)
                Disconnect(await old.Socket.Closed);
            try
            {
                var session = _session ??= await OpenAsync();
                var isWhole = true;
                foreach (var topic in _topics.Where(topic => !session.IsJoined(topic)).ToList())
                    isWhole &= (await session.JoinAsync(topic)).IsOk;
                if (isWhole)
                    return session;
                await BackOffAsync();
            }
            catch (Exception e) when (e is ConnectionGoneException or TimeoutException)
            {
                Disconnect("gone");
                await BackOffAsync();
            }
        }
    }

    private async Task<Session> OpenAsync()
    {
        var node = _nodes[_nextNode++ % _nodes.Count];
        try
        {
            return await Workload.Session.ConnectAsync(User, _token, node, _history, _seen);
        }
        catch (ConnectionGoneException)
        {
            _history.Write(new HistoryLine(MonotonicClock.Now, User, node.Name, Operation.Info) { Code = "connect" });
            throw;
        }
    }

    private async Task ReconnectAsync()
    {
        Disconnect("own");
        await ConnectedAsync();
    }

    private void Disconnect(string code)
    {
        if (_session is not { } session)
            return;
        _session = null;
        session.Dispose();
        _history.Write(session.Line(Operation.Close) with { Code = code });
    }

    private Task BackOffAsync() => Task.Delay(_random.Next(LeastBackoffMs, MostBackoffMs), _giveUp.Token);

    private async Task BeatAsync()
    {
        try
        {
            while (_session is { } session)
            {
                await Task.Delay(Heartbeat, _giveUp.Token);
                await session.Socket.PushAsync("phoenix", "heartbeat", new { }, Heartbeat);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ConnectionGoneException or TimeoutException)
        {
            // It was left, or the run is over.
        }
    }
}
