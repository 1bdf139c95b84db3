using Akka.Actor;
using Akka.Event;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Relays;

/// <summary>
/// Owns the settling of a node: takes out together what was done in half a second, because each write is an fsync. What is
/// lost here is told again after a restart and recognised as a repeat.
/// </summary>
internal sealed class RelaySettlement : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    private readonly IRelayStore _store;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly List<(StreamId Stream, long Seq)> _done = [];
    private bool _writing;

    public RelaySettlement(IRelayStore store)
    {
        _store = store;
        Receive<Settled>(OnSettled);
        Receive<Flush>(_ => OnFlush());
        Receive<Written>(_ => _writing = false);
        Receive<WriteFailed>(OnFailed);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private void OnSettled(Settled m)
    {
        foreach (var seq in m.Seqs)
            _done.Add((m.Stream, seq));
        if (!Timers.IsTimerActive(nameof(Flush)))
            Timers.StartSingleTimer(nameof(Flush), Flush.Instance, Period);
    }

    private void OnFlush()
    {
        if (_writing)
        {
            Timers.StartSingleTimer(nameof(Flush), Flush.Instance, Period);
            return;
        }

        _writing = true;
        var done = _done.ToArray();
        _done.Clear();
        _store.Settle(done).PipeTo(Self, success: () => Written.Instance, failure: e => new WriteFailed(e, done));
    }

    private void OnFailed(WriteFailed m)
    {
        _log.Warning(m.Cause, "{Count} settled relays could not be taken out; tried again", m.Done.Length);
        _writing = false;
        _done.AddRange(m.Done);
        Timers.StartSingleTimer(nameof(Flush), Flush.Instance, Period);
    }

    /// <summary>The consequences of these events are acknowledged.</summary>
    public sealed record Settled(StreamId Stream, IReadOnlyList<long> Seqs) : INoSerializationVerificationNeeded;

    private sealed record WriteFailed(Exception Cause, (StreamId Stream, long Seq)[] Done) : INoSerializationVerificationNeeded;

    private sealed class Flush : INoSerializationVerificationNeeded
    {
        public static readonly Flush Instance = new();
    }

    private sealed class Written : INoSerializationVerificationNeeded
    {
        public static readonly Written Instance = new();
    }
}
