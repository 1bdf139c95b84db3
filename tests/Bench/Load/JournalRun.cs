using System.Diagnostics;

namespace QuikApp.Bench.Load;

/// <summary>
/// One sender a channel keeps sends under way and counts their acknowledgements, each of which says that a message is
/// durable. The latency is that of the acknowledgement.
/// </summary>
internal sealed class JournalRun(LoadPlan plan, Crowd crowd) : IMessageSink
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(30);

    private readonly Audit _audit = new();
    private readonly LatencySample _latencies = new();
    private readonly IDialect _dialect = Dialects.For(plan);
    private readonly int[] _sent = new int[plan.Channels.Count];
    private readonly int[] _acknowledged = new int[plan.Channels.Count];
    private readonly Queue<long>[] _sentAt = [.. plan.Channels.Select(_ => new Queue<long>())];
    private bool _sending = true;
    private bool _measuring;
    private int _limit = int.MaxValue;
    private long _acknowledgements;

    /// <summary>Runs warm-up, window and drain.</summary>
    public Measurement Run()
    {
        Start();
        Spend(TimeSpan.FromSeconds(plan.WarmupSeconds));
        var window = WindowStart.Now(plan.ServerProcessId);
        var before = _acknowledgements;
        _measuring = true;
        Spend(TimeSpan.FromSeconds(plan.MeasureSeconds));
        _measuring = false;
        if (_audit.Problem is { } problem)
            return Measurement.Invalid(problem);
        var count = _acknowledgements - before;
        var values = window.Close(count);
        _sending = false;
        Finish();
        if (count == 0)
            _audit.Fail("nothing was acknowledged in the window");

        values[FigureKey.MessagesPerSecond] = count / window.Seconds;
        _latencies.AddTo(values);
        return new Measurement(_audit.Problem, values);
    }

    /// <summary>Writes this many messages into every channel and returns when all are acknowledged; tells what went wrong, or null.</summary>
    public string? Fill(int messagesPerChannel, TimeSpan limit)
    {
        _limit = messagesPerChannel;
        Start();
        crowd.PumpUntil(() => _acknowledged.All(count => count == messagesPerChannel) || _audit.Problem is not null, limit, this);
        Finish();
        return _audit.Problem;
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
            case MessageKind.Acknowledgement:
                Acknowledged(socket.ChannelIndex);
                break;
        }
    }

    /// <inheritdoc/>
    public void OnClosed(LoadSocket socket, string reason) => _audit.Fail($"socket {socket.Index}: {reason}");

    private void Start()
    {
        var each = Math.Clamp(plan.Outstanding / _sent.Length, 1, _limit);
        for (var channel = 0; channel < _sent.Length; channel++)
        {
            for (var i = 0; i < each; i++)
                Send(channel);
        }
    }

    private void Acknowledged(int channel)
    {
        if (!_sentAt[channel].TryDequeue(out var sentAt))
        {
            _audit.Fail($"{plan.Channels[channel]}: an acknowledgement for nothing");
            return;
        }

        if (_measuring)
            _latencies.Add(Stopwatch.GetTimestamp() - sentAt);
        _acknowledged[channel]++;
        _acknowledgements++;
        if (_sending && _sent[channel] < _limit)
            Send(channel);
    }

    private void Send(int channel)
    {
        var now = Stopwatch.GetTimestamp();
        _sentAt[channel].Enqueue(now);
        crowd.Send(channel, _sent[channel]++, now);
    }

    private void Spend(TimeSpan time) => crowd.PumpUntil(() => _audit.Problem is not null, time, this);

    /// <summary>Waits for what is under way, then holds acknowledgements and deliveries to what was sent.</summary>
    private void Finish()
    {
        crowd.PumpUntil(() => _sent.AsSpan().SequenceEqual(_acknowledged) || _audit.Problem is not null, DrainLimit, this);
        crowd.PumpUntil(() => crowd.Sockets.All(socket => socket.NextNumber == _sent[socket.ChannelIndex]), TimeSpan.FromSeconds(5), this);
        for (var channel = 0; channel < _sent.Length; channel++)
        {
            if (_sent[channel] != _acknowledged[channel])
                _audit.Fail($"{plan.Channels[channel]}: {_acknowledged[channel]} of {_sent[channel]} sends were acknowledged");
        }

        _audit.RequireComplete(crowd, _sent);
    }
}
