using System.Diagnostics;
using QuikApp.Cluster.History;
using QuikApp.Cluster.Topology;

namespace QuikApp.Cluster.Workload;

/// <summary>A bystander in a room of its own. Faults that are not meant for it must not reach it: it repeats nothing.</summary>
internal sealed class Canary : IAsyncDisposable
{
    /// <summary>Its room.</summary>
    public const string Room = "canary";

    private const string Topic = $"channel:{Room}";
    private const string Typist = "canary-typist";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(6);

    private readonly List<TimeSpan> _latencies = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Session _session;
    private readonly Session _typist;
    private readonly HistoryFile _history;
    private readonly TaskCompletionSource<long> _typing;
    private readonly TaskCompletionSource<long> _typed;
    private Task _running = Task.CompletedTask;
    private int _errors;
    private bool _isDisposed;

    private Canary(Session session, Session typist, HistoryFile history, TaskCompletionSource<long> typing, TaskCompletionSource<long> typed) =>
        (_session, _typist, _history, _typing, _typed) = (session, typist, history, typing, typed);

    /// <summary>Users that are online for it.</summary>
    public static IReadOnlyList<string> Users { get; } = [Room, Typist];

    /// <summary>Connects it and lets it write.</summary>
    public static async Task<Canary> StartAsync(IDeployment deployment, ServerNode node)
    {
        var typing = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        var typed = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        var history = new HistoryFile(Path.Combine(deployment.Folder, "histories", "canary.jsonl"));
        var session = await Session.ConnectAsync(Room, deployment.Tokens.For(Room), node, history, new LastSeen(), frame =>
        {
            if (frame.Event == "typing:start")
                typing.TrySetResult(MonotonicClock.Now);
            else if (frame.Event == "typing:stop")
                typed.TrySetResult(MonotonicClock.Now);
        });
        var typist = await Session.ConnectAsync(Typist, deployment.Tokens.For(Typist), node, history, new LastSeen());
        foreach (var one in new[] { session, typist })
            Assert.True((await one.JoinAsync(Topic)).IsOk);
        var canary = new Canary(session, typist, history, typing, typed);
        canary._running = Task.Run(canary.RunAsync);
        return canary;
    }

    /// <summary>Lets somebody type, and sees until when others are told so.</summary>
    public async Task<TypingSpan> TypeAsync(TimeSpan patience)
    {
        await _typist.PushAsync(Topic, "typing:start", new { }, Limit);
        var start = await _typing.Task.WaitAsync(patience);
        var ended = await Task.WhenAny(_typed.Task, Task.Delay(patience)) == _typed.Task;
        return new TypingSpan(Topic, Typist, start, ended ? await _typed.Task : null);
    }

    /// <summary>Stops it.</summary>
    /// <returns>How it fared.</returns>
    public async Task<CanaryReport> StopAsync()
    {
        if (!_running.IsCompleted)
            await _stop.CancelAsync();
        await _running;
        _latencies.Sort();
        return new CanaryReport(_latencies.Count + _errors, _errors, At(0.5), At(0.99));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        await StopAsync();
        _session.Dispose();
        _typist.Dispose();
        _history.Dispose();
        _stop.Dispose();
    }

    private TimeSpan At(double share) => _latencies.Count == 0 ? TimeSpan.Zero : _latencies[(int)((_latencies.Count - 1) * share)];

    private void Fail(string why)
    {
        _errors++;
        Console.WriteLine($"the bystander's request failed: {why}");
    }

    private async Task RunAsync()
    {
        for (var n = 0; !_stop.IsCancellationRequested; n++)
        {
            var start = Stopwatch.GetTimestamp();
            try
            {
                // With a key, so that its node asks again where its room moves to balance the load.
                var reply = await _session.PushAsync(Topic, "message:send", new { content = $"canary {n}", clientId = $"{Room}:{n}" }, Limit);
                if (reply.IsOk)
                    _latencies.Add(Stopwatch.GetElapsedTime(start));
                else
                    Fail(reply.Reason);
            }
            catch (Exception e) when (e is ConnectionGoneException or TimeoutException)
            {
                Fail(e.Message);
            }

            await Task.WhenAny(Task.Delay(Pause), Task.Delay(Timeout.Infinite, _stop.Token));
        }
    }
}
