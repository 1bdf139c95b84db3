using System.Collections.Concurrent;
using QuikApp.Cluster.Topology;
using QuikApp.Cluster.Workload;

namespace QuikApp.Cluster.Storm;

/// <summary>
/// Keeps every channel of a crowd in motion, from nodes that stay. One sender a channel, so that a channel that cannot be
/// written for a while holds up no other; what is not acknowledged is repeated under its key.
/// </summary>
internal sealed class CrowdWriters : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(8);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<long>> _acked = new();
    private readonly ConcurrentDictionary<string, int> _refusals = new();
    private readonly List<PhoenixSocket> _sockets = [];
    private readonly List<Task> _running = [];

    /// <summary>The numbers that were acknowledged, by topic.</summary>
    public IReadOnlyDictionary<string, ConcurrentQueue<long>> Acked => _acked;

    /// <summary>Refusals and timeouts, by reason.</summary>
    public IReadOnlyDictionary<string, int> Refusals => _refusals;

    /// <summary>Sends that were acknowledged.</summary>
    public int Count => _acked.Values.Sum(numbers => numbers.Count);

    /// <summary>Connects a writer to each of the nodes, joins the channels and begins.</summary>
    public static async Task<CrowdWriters> StartAsync(IDeployment deployment, IReadOnlyList<ServerNode> nodes, IReadOnlyList<string> channels)
    {
        var writers = new CrowdWriters();
        try
        {
            foreach (var node in nodes)
                writers._sockets.Add((await PhoenixSocket.ConnectAsync(node.Url, deployment.Tokens.For($"writer-{node.Name}"), _ => { })).Listen());
            for (var n = 0; n < channels.Count; n++)
            {
                var (socket, topic) = (writers._sockets[n % nodes.Count], $"channel:{channels[n]}");
                await Until.TrueAsync(
                    async () => (await socket.PushAsync(topic, "phx_join", new { }, AnswerLimit)).IsOk, AnswerLimit, () => $"{topic} is joined");
                writers._acked[topic] = [];
                writers._running.Add(Task.Run(() => writers.WriteAsync(socket, topic)));
            }

            writers._running.AddRange(writers._sockets.Select(socket => Task.Run(() => writers.BeatAsync(socket))));
            return writers;
        }
        catch
        {
            await writers.DisposeAsync();
            throw;
        }
    }

    /// <summary>Brings the sends under way to their end.</summary>
    public async Task StopAsync(TimeSpan limit)
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running).WaitAsync(limit);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        foreach (var socket in _sockets)
            socket.Dispose();
        // A push on a closed socket ends at once; what a failed writer had to say was said by StopAsync.
        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task WriteAsync(PhoenixSocket socket, string topic)
    {
        var random = new Random(topic.GetHashCode(StringComparison.Ordinal));
        for (var n = 0; !_stopping.IsCancellationRequested; n++)
        {
            _acked[topic].Enqueue(await SendAsync(socket, topic, $"{topic}-{n}"));
            await Task.Delay(Pause * (0.5 + random.NextDouble()), _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<long> SendAsync(PhoenixSocket socket, string topic, string clientId)
    {
        while (true)
        {
            var refusal = "no answer";
            try
            {
                var reply = await socket.PushAsync(topic, "message:send", new { content = clientId, clientId }, AnswerLimit);
                if (reply.IsOk)
                    return reply.Number("seq") ?? throw new InvalidOperationException($"acknowledged without a number: {reply.Response}");
                refusal = reply.Reason;
            }
            catch (TimeoutException)
            {
                // Repeated like a refusal.
            }

            _refusals.AddOrUpdate(refusal, 1, static (_, count) => count + 1);
            await Task.Delay(Retry);
        }
    }

    private async Task BeatAsync(PhoenixSocket socket)
    {
        while (!_stopping.IsCancellationRequested)
        {
            await socket.PushAsync("phoenix", "heartbeat", new { }, AnswerLimit);
            await Task.Delay(TimeSpan.FromSeconds(20), _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
