using Akka.Actor;
using Akka.Event;
using QuikApp.Actors.Telemetry;
using QuikApp.Protocol.Conversations;

namespace QuikApp.Actors.Delivery;

// What DeliveryOrder asks for is read beside the actor; it waits for the answer and no longer than until it comes.
internal sealed partial class TopicHub
{
    private static readonly TimeSpan FillRetry = TimeSpan.FromSeconds(1);

    private void Fill(long from, long to)
    {
        QuikAppMetrics.HoleFound();
        _services.Reader.Read(_stream, from, to, CancellationToken.None)
            .PipeTo(Self, success: events => new HoleFilled(events), failure: e => new HoleFailed(e, from, to));
    }

    private void OnHoleFailed(HoleFailed m)
    {
        _log.Warning(m.Cause, "{Topic} could not read {From} to {To}; delivery waits", _topic, m.From, m.To);
        Timers.StartSingleTimer(nameof(FillAgain), FillAgain.Instance, FillRetry);
    }

    private sealed record HoleFilled(IReadOnlyList<NumberedEvent> Events) : INoSerializationVerificationNeeded;

    private sealed record HoleFailed(Exception Cause, long From, long To) : INoSerializationVerificationNeeded;

    private sealed class FillAgain : INoSerializationVerificationNeeded, INotInfluenceReceiveTimeout
    {
        public static readonly FillAgain Instance = new();
    }
}
