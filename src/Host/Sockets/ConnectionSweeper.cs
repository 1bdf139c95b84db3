using Microsoft.Extensions.Options;
using QuikApp.Actors.Telemetry;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Host.Sockets;

/// <summary>Keeps the deadlines of all sockets of a node: one timer instead of several for each of them.</summary>
internal sealed class ConnectionSweeper : BackgroundService
{
    private readonly LiveSockets _sockets;
    private readonly SocketOptions _options;
    private readonly TimeProvider _time;

    public ConnectionSweeper(LiveSockets sockets, IOptions<SocketOptions> options, TimeProvider time)
    {
        _sockets = sockets;
        _options = options.Value;
        _time = time;
    }

    /// <summary>Looks at every socket once.</summary>
    public void Sweep()
    {
        foreach (var connection in _sockets.All)
        {
            if (connection.Completion.IsCompleted)
                _sockets.Forget(connection);
            else
                Check(connection);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.SweepPeriod, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                Sweep();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; the sockets are told by the drain.
        }
    }

    private void Check(SocketConnection connection)
    {
        if (connection.ClosingSince != 0)
        {
            var limit = connection.IsLingering ? _options.FaultLinger : _options.CloseTimeout;
            if (IsOver(connection.ClosingSince, limit))
                connection.GiveUpClosing();
        }
        else if (IsOver(connection.Outbox.WritePendingSince, _options.WriteTimeout))
        {
            // No close frame can pass a write that is stuck.
            QuikAppMetrics.SlowReaderCut();
            connection.Abort(CloseCode.SlowConsumer);
        }
        else if (!connection.IsReading)
        {
            // Not the client is silent but we do not listen.
        }
        else if (IsOver(connection.IncompleteSince, _options.MessageTimeout))
        {
            connection.Close(CloseCode.PolicyViolation, "message not complete in time");
        }
        else if (IsOver(connection.LastReceived, _options.IdleTimeout))
        {
            connection.Close(CloseCode.HeartbeatTimeout, "heartbeat timeout");
        }
    }

    private bool IsOver(long since, TimeSpan limit) => since != 0 && _time.GetElapsedTime(since) > limit;
}
