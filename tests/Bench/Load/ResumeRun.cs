using System.Diagnostics;

namespace QuikApp.Bench.Load;

/// <summary>A backlog is written; then a client joins from position 0 and takes it all in. Every replay is timed on its own.</summary>
internal sealed class ResumeRun(LoadPlan plan, Crowd crowd) : IMessageSink
{
    private const int Replays = 5;
    private static readonly TimeSpan FillLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ReplayLimit = TimeSpan.FromSeconds(30);

    private readonly Audit _audit = new();
    private readonly IDialect _dialect = Dialects.For(plan);
    private readonly byte[] _scratch = new byte[1024 * 1024];
    private bool _done;

    /// <summary>Fills the channel and replays it.</summary>
    public Measurement Run()
    {
        if (new JournalRun(plan, crowd).Fill(plan.Backlog, FillLimit) is { } problem)
            return Measurement.Invalid($"the backlog could not be written: {problem}");

        // The first replay warms the code up and is not counted.
        Replay();
        var window = WindowStart.Now(plan.ServerProcessId);
        var times = new List<double>();
        for (var i = 0; i < Replays && _audit.Problem is null; i++)
            times.Add(Replay().TotalMilliseconds);
        if (_audit.Problem is { } failure)
            return Measurement.Invalid(failure);

        var values = window.Close((long)Replays * plan.Backlog);
        times.Sort();
        var median = times[times.Count / 2];
        values[FigureKey.ReplayMilliseconds] = median;
        values[FigureKey.MessagesPerSecond] = plan.Backlog * 1000.0 / median;
        return new Measurement(null, values);
    }

    /// <inheritdoc/>
    public void OnMessage(LoadSocket socket, ReadOnlySpan<byte> message)
    {
        if (MessageStamp.TryRead(message, out var number, out _))
        {
            _audit.Accept(socket, number);
            return;
        }

        switch (_dialect.Classify(message))
        {
            case MessageKind.Refusal:
                _audit.Refused(socket, message);
                break;
            case MessageKind.ReplayDone:
                _done = true;
                break;
        }
    }

    /// <inheritdoc/>
    public void OnClosed(LoadSocket socket, string reason) => _audit.Fail($"socket {socket.Index}: {reason}");

    /// <summary>Joins from position 0 on a fresh socket; returns the time from the join to the end of the replay.</summary>
    private TimeSpan Replay()
    {
        using var socket = LoadSocket.Connect(plan.Url, _dialect, crowd.Count, 0, plan.Channels[0]);
        _done = false;
        var start = Stopwatch.GetTimestamp();
        foreach (var step in _dialect.JoinSteps(socket.Channel, since: 0))
            socket.SendText(_scratch, step.Say);
        while (!_done && _audit.Problem is null)
        {
            if (Stopwatch.GetElapsedTime(start) > ReplayLimit)
                _audit.Fail($"the replay stopped at {socket.NextNumber} of {plan.Backlog}");
            else
                socket.Receive(_scratch, this);
        }

        var time = Stopwatch.GetElapsedTime(start);
        if (_audit.Problem is null && socket.NextNumber != plan.Backlog)
            _audit.Fail($"the replay brought {socket.NextNumber} of {plan.Backlog} messages");
        return time;
    }
}
