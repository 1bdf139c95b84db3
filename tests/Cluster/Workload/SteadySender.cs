using System.Collections.Concurrent;
using QuikApp.Cluster.History;
using QuikApp.Cluster.Topology;

namespace QuikApp.Cluster.Workload;

/// <summary>
/// A user who writes to one channel once a second and repeats what is not acknowledged every half second under the same key,
/// whatever is still on its way: so the history shows when the channel could be written, and not when a client asked again.
/// </summary>
internal sealed class SteadySender(string channel, string user, IDeployment deployment, int firstNode) : IDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Repeat = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(7);

    /// <summary>Keys of an earlier run would be recognised, and nothing written.</summary>
    private readonly string _run = Guid.NewGuid().ToString("N")[..8];

    private readonly string _topic = $"channel:{channel}";
    private readonly string _token = deployment.Tokens.For(user);
    private PhoenixSocket? _socket;
    private Task<PhoenixSocket>? _opening;
    private volatile bool _isJoined;
    private int _node = firstNode;
    private int _sent;

    /// <summary>What it saw.</summary>
    public ConcurrentQueue<HistoryLine> Lines { get; } = [];

    /// <summary>Messages that were acknowledged.</summary>
    public int Acked { get; private set; }

    /// <summary>The channel's topic.</summary>
    public string Topic => _topic;

    /// <summary>Writes until it is stopped; the last message is brought to its end.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var next = Task.Delay(Pace, CancellationToken.None);
            await SendAsync();
            await next;
        }
    }

    /// <summary>Writes one message and repeats it until it is acknowledged.</summary>
    public async Task SendAsync()
    {
        var cid = $"{user}:{_run}:{++_sent}";
        Lines.Enqueue(Line(Operation.Send, cid));
        var tries = new List<Task<bool>>();
        do
        {
            tries.Add(TryAsync(cid));
            using var pause = new CancellationTokenSource();
            var repeat = Task.Delay(Repeat, pause.Token);
            // A refusal is no reason to ask again at once.
            while (!repeat.IsCompleted && !tries.Exists(IsAcked))
                await Task.WhenAny([repeat, .. tries.Where(one => !one.IsCompleted)]);
            await pause.CancelAsync();
        }
        while (!tries.Exists(IsAcked));
        Acked++;
        Lines.Enqueue(Line(Operation.Ack, cid));
    }

    /// <inheritdoc/>
    public void Dispose() => _socket?.Dispose();

    private static bool IsAcked(Task<bool> one) => one is { IsCompletedSuccessfully: true, Result: true };

    private HistoryLine Line(Operation operation, string cid) =>
        new(MonotonicClock.Now, user, deployment.Nodes[_node % deployment.Nodes.Count].Name, operation) { Room = _topic, Cid = cid, Kind = EntryKind.Create };

    private async Task<bool> TryAsync(string cid)
    {
        try
        {
            var socket = await ConnectedAsync();
            return (await socket.PushAsync(_topic, "message:send", new { content = cid, clientId = cid }, AnswerLimit)).IsOk;
        }
        catch (Exception e) when (e is ConnectionGoneException or TimeoutException)
        {
            return false;
        }
    }

    // Tries begin one after the other, and share a connection that is still being made.
    private Task<PhoenixSocket> ConnectedAsync()
    {
        var isUsable = _opening is { IsCompleted: false } || (_opening is { IsCompletedSuccessfully: true } && _isJoined && !_opening.Result.Closed.IsCompleted);
        return isUsable ? _opening! : _opening = OpenAsync();
    }

    private async Task<PhoenixSocket> OpenAsync()
    {
        if (_socket is null || _socket.Closed.IsCompleted)
        {
            _socket?.Dispose();
            _socket = null;
            _socket = (await PhoenixSocket.ConnectAsync(deployment.Nodes[_node++ % deployment.Nodes.Count].Url, _token, Take)).Listen();
        }

        _isJoined = true;
        if (!(await _socket.PushAsync(_topic, "phx_join", new { }, AnswerLimit)).IsOk)
        {
            _isJoined = false;
            throw new ConnectionGoneException($"{_topic} could not be joined");
        }

        return _socket;
    }

    private void Take(Frame frame)
    {
        if (frame.Event is "phx_error" or "phx_close")
            _isJoined = false;
    }
}
