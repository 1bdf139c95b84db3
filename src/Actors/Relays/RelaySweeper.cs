using Akka.Actor;
using Akka.Event;
using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Relays;

/// <summary>
/// Owns the waking of conversations that owe others something: after a crash nobody else may ask for them, and a call's
/// timers run only in memory. Every node looks; waking one that is awake does nothing.
/// </summary>
internal sealed class RelaySweeper : ReceiveActor, IWithTimers
{
    private const int AtOnce = 200;

    private readonly ConversationServices _services;
    private readonly IActorRef _conversations;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private int _limit = AtOnce;

    public RelaySweeper(ConversationServices services, IActorRef conversations)
    {
        _services = services;
        _conversations = conversations;
        Receive<Sweep>(_ => OnSweep());
        Receive<Found>(OnFound);
        Receive<SweepFailed>(OnFailed);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    // The first look is for what the last run left behind.
    protected override void PreStart() => Self.Tell(Sweep.Instance);

    private void OnSweep() =>
        _services.Relays.OwingSince(_services.Time.GetUtcNow() - _services.Options.RelaySweep, _limit)
            .PipeTo(Self, success: streams => new Found(streams), failure: e => new SweepFailed(e));

    private void OnFound(Found m)
    {
        foreach (var stream in m.Streams)
            _conversations.Tell(new ConversationMessages.Wake(stream));
        // The oldest may be open calls, which owe until they end: nobody else must wait for that.
        _limit = m.Streams.Count < _limit ? AtOnce : 2 * _limit;
        Again();
    }

    private void OnFailed(SweepFailed m)
    {
        _log.Warning(m.Cause, "what conversations owe each other could not be read");
        Again();
    }

    private void Again() => Timers.StartSingleTimer(nameof(Sweep), Sweep.Instance, _services.Options.RelaySweep);

    private sealed record Found(IReadOnlyList<StreamId> Streams) : INoSerializationVerificationNeeded;

    private sealed record SweepFailed(Exception Cause) : INoSerializationVerificationNeeded;

    private sealed class Sweep : INoSerializationVerificationNeeded
    {
        public static readonly Sweep Instance = new();
    }
}
