using Akka.Actor;
using Akka.Event;
using QuikApp.Actors.Telemetry;
using QuikApp.Protocol.Conversations;

namespace QuikApp.Actors.Delivery;

// A hole is whatever lies between the last delivered number and the next known one: a message lost between nodes, or
// written while this hub was registered nowhere. It is read from the journal; what arrives meanwhile waits.
internal sealed partial class TopicHub
{
    private static readonly TimeSpan FillRetry = TimeSpan.FromSeconds(1);

    private void Fill(long from, long to)
    {
        _filling = true;
        QuikAppMetrics.HoleFound();
        _services.Reader.Read(_stream, from, Math.Min(to, from + _services.Options.ResumePage - 1), CancellationToken.None)
            .PipeTo(Self, success: events => new HoleFilled(events, to), failure: e => new HoleFailed(e, from, to));
    }

    private void OnHoleFilled(HoleFilled m)
    {
        foreach (var e in m.Events)
        {
            if (e.Seq > _head)
                Deliver(e);
        }

        if (_head < m.To)
        {
            Fill(_head.Value + 1, m.To);
            return;
        }

        _filling = false;
        while (!_filling && _held.First is { } next)
        {
            _held.RemoveFirst();
            Deliver(next.Value);
        }
    }

    private void OnHoleFailed(HoleFailed m)
    {
        _log.Warning(m.Cause, "{Topic} could not read {From} to {To}; delivery waits", _topic, m.From, m.To);
        var (from, to) = (m.From, m.To);
        Task.Delay(FillRetry, _services.Time)
            .ContinueWith(_ => _services.Reader.Read(_stream, from, Math.Min(to, from + _services.Options.ResumePage - 1), CancellationToken.None), TaskScheduler.Default)
            .Unwrap()
            .PipeTo(Self, success: events => new HoleFilled(events, to), failure: e => new HoleFailed(e, from, to));
    }

    private sealed record HoleFilled(IReadOnlyList<NumberedEvent> Events, long To) : INoSerializationVerificationNeeded;

    private sealed record HoleFailed(Exception Cause, long From, long To) : INoSerializationVerificationNeeded;
}
