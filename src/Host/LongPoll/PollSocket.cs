using Akka.Actor;
using Akka.Event;
using QuikApp.Actors.Telemetry;
using QuikApp.Host.Sessions;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Host.LongPoll;

/// <summary>A long poll as its session sees it: a socket like any other.</summary>
/// <param name="owner">The actor that answers the polls; it is told when there is something to answer with.</param>
/// <param name="outbox">Where frames wait for the next poll.</param>
internal sealed class PollSocket(IActorRef owner, PollOutbox outbox) : ISessionSocket
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PollEnd? _end;

    /// <summary>How the session was ended; null while it lives.</summary>
    public PollEnd? End => Volatile.Read(ref _end);

    /// <inheritdoc/>
    public Task Ended => _ended.Task;

    /// <inheritdoc/>
    public void Send(WireFrame frame)
    {
        switch (outbox.Add(frame))
        {
            case PollOutbox.Outcome.Wakes:
                owner.Tell(Signal.FramesCame, ActorRefs.NoSender);
                break;
            case PollOutbox.Outcome.Overflows:
                QuikAppMetrics.SlowReaderCut();
                Close(new PollEnd(CloseCode.SlowConsumer, "slow consumer"), dropWaiting: true);
                break;
        }
    }

    /// <inheritdoc/>
    public Task Room(CancellationToken cancellation) => outbox.WhenRoom().WaitAsync(cancellation);

    /// <inheritdoc/>
    public void Close(int code, string reason) => Close(new PollEnd(code, reason), dropWaiting: false);

    /// <summary>There is nothing left to say.</summary>
    public void MarkEnded() => _ended.TrySetResult();

    private void Close(PollEnd end, bool dropWaiting)
    {
        // Only the first close of a socket counts.
        if (Interlocked.CompareExchange(ref _end, end, null) is not null)
            return;
        outbox.Close(dropWaiting);
        owner.Tell(Signal.Closed, ActorRefs.NoSender);
    }

    /// <summary>What the socket tells the actor.</summary>
    internal sealed class Signal : IDeadLetterSuppression, INoSerializationVerificationNeeded
    {
        /// <summary>A poll waits, and now there are frames.</summary>
        public static readonly Signal FramesCame = new();

        /// <summary>The session was closed.</summary>
        public static readonly Signal Closed = new();

        private Signal()
        {
        }
    }
}
