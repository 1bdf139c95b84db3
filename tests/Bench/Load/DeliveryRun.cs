using System.Diagnostics;

namespace QuikApp.Bench.Load;

/// <summary>Messages flow to the members of every channel, as a closed loop or at a rate, and deliveries are counted.</summary>
internal sealed class DeliveryRun(LoadPlan plan, Crowd crowd) : IMessageSink
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(15);

    // Long enough for a second copy to show up, were there one.
    private static readonly TimeSpan QuietTime = TimeSpan.FromMilliseconds(300);

    private readonly Audit _audit = new();
    private readonly LatencySample _latencies = new();
    private readonly int[] _sent = new int[plan.Channels.Count];
    private readonly int[] _missing = new int[plan.Channels.Count];
    private readonly IDialect _dialect = Dialects.For(plan);
    private bool _sending = true;
    private bool _measuring;
    private long _messages;
    private long _deliveries;
    private long _start;
    private long _scheduled;

    /// <summary>Runs warm-up, window and drain.</summary>
    public Measurement Run()
    {
        _start = Stopwatch.GetTimestamp();
        if (plan.MessagesPerSecond is null)
        {
            for (var channel = 0; channel < _sent.Length; channel++)
                Send(channel, Stopwatch.GetTimestamp());
        }

        KeepUp(TimeSpan.FromSeconds(plan.WarmupSeconds));
        var window = WindowStart.Now(plan.ServerProcessId);
        var (messages, deliveries) = (_messages, _deliveries);
        _measuring = true;
        KeepUp(TimeSpan.FromSeconds(plan.WarmupSeconds + plan.MeasureSeconds));
        _measuring = false;
        if (_audit.Problem is { } problem)
            return Measurement.Invalid(problem);
        (messages, deliveries) = (_messages - messages, _deliveries - deliveries);
        var values = window.Close(deliveries);

        _sending = false;
        crowd.PumpUntil(() => _deliveries == _messages * plan.MembersPerChannel || _audit.Problem is not null, DrainLimit, this);
        crowd.PumpUntil(() => false, QuietTime, this);
        _audit.RequireComplete(crowd, _sent);
        if (deliveries == 0)
            _audit.Fail("nothing was delivered in the window");

        values[FigureKey.MessagesPerSecond] = messages / window.Seconds;
        values[FigureKey.DeliveriesPerSecond] = deliveries / window.Seconds;
        _latencies.AddTo(values);
        return new Measurement(_audit.Problem, values);
    }

    /// <inheritdoc/>
    public void OnMessage(LoadSocket socket, ReadOnlySpan<byte> message)
    {
        if (!MessageStamp.TryRead(message, out var number, out var due))
        {
            if (_dialect.Classify(message) == MessageKind.Refusal)
                _audit.Refused(socket, message);
            return;
        }

        if (!_audit.Accept(socket, number))
            return;
        _deliveries++;
        if (_measuring && LatencySample.Takes(socket))
            _latencies.Add(Stopwatch.GetTimestamp() - due);
        if (--_missing[socket.ChannelIndex] == 0 && _sending && plan.MessagesPerSecond is null)
            Send(socket.ChannelIndex, Stopwatch.GetTimestamp());
    }

    /// <inheritdoc/>
    public void OnClosed(LoadSocket socket, string reason) => _audit.Fail($"socket {socket.Index}: {reason}");

    /// <summary>Pumps, and sends what is due, until this much time since the start has passed.</summary>
    private void KeepUp(TimeSpan until)
    {
        while (_audit.Problem is null)
        {
            var elapsed = Stopwatch.GetElapsedTime(_start);
            if (elapsed >= until)
                return;
            var wait = until - elapsed;
            if (plan.MessagesPerSecond is { } rate)
            {
                var next = SendDue(elapsed, rate);
                wait = next < wait ? next : wait;
            }

            crowd.Pump(wait, this);
        }
    }

    /// <summary>Sends what is due by now, round robin; returns how long the next one can wait.</summary>
    private TimeSpan SendDue(TimeSpan elapsed, int rate)
    {
        while (true)
        {
            var due = TimeSpan.FromSeconds((double)_scheduled / rate);
            if (due > elapsed)
                return due - elapsed;
            // Stamped with the time it was due: a server that holds the sender up is not excused.
            Send((int)(_scheduled % _sent.Length), _start + (long)(due.TotalSeconds * Stopwatch.Frequency));
            _scheduled++;
        }
    }

    private void Send(int channel, long due)
    {
        _missing[channel] = plan.MembersPerChannel;
        crowd.Send(channel, _sent[channel]++, due);
        _messages++;
    }
}
