using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using QuikApp.Actors.LongPoll;
using QuikApp.Actors.Telemetry;
using QuikApp.Host.Sessions;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Phoenix;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Host.LongPoll;

/// <summary>
/// Owns one long-poll session: runs its <see cref="Session"/>, as the sink of a socket's stream does for a WebSocket, and
/// answers the polls with what it says. Is not restarted: a session that fails is gone, and its client opens another.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The session is disposed of when the actor stops.")]
internal sealed partial class LongPollSession : UntypedActor, IWithTimers
{
    private const string SilenceTimer = "silence";
    private const string WindowTimer = "window";
    private const string PendingTimer = "pending";
    private const string ExpiryTimer = "expiry";
    private const string LingerTimer = "linger";

    private readonly LongPollServices _services;
    private readonly PhoenixVersion _version;
    private readonly UserId _user;
    private readonly TimeProvider _time;
    private readonly PollOutbox _outbox;
    private readonly PollSocket _socket;
    private readonly Session _session;
    private readonly Queue<PollFrame> _inbox = new();
    private readonly Queue<(IActorRef From, long Last, long Since)> _pushes = new();

    private DateTimeOffset _tokenEnd;
    private bool _registered;
    private IActorRef? _poll;
    private int _inboxBytes;
    private long _arrived;
    private long _handled;

    public LongPollSession(LongPollSessions.Open open, LongPollServices services)
    {
        _services = services;
        _version = open.Version;
        _user = open.Token.UserId;
        _time = open.Services.Time;
        // A paced sender writes on below the mark, and nothing leaves before the next poll: what it writes must find room.
        var (most, low) = (services.Sockets.MaxQueuedBytes, services.Sockets.LowWaterBytes);
        _outbox = new PollOutbox(most, Math.Min(low, most / 2));
        _socket = new PollSocket(Self, _outbox);
        _session = new Session(open.Token, open.Device, open.Version, _socket, Self, open.Services);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Timers.StartSingleTimer(SilenceTimer, Tick.Silence, _services.Options.Silence);
        WatchToken();
    }

    protected override void PostStop()
    {
        _session.Dispose();
        _outbox.Close(dropWaiting: true);
        AnswerPoll(Gone());
        while (_pushes.TryDequeue(out var push))
            push.From.Tell(LongPollMessages.Pushed.Gone);
        _socket.MarkEnded();
        if (!_registered)
            return;
        _services.Registry.Remove(_user, _socket);
        QuikAppMetrics.LongPollClosed(_socket.End?.Code ?? CloseCode.InternalError);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case LongPollMessages.IForSession m when m.User != _user.Value:
                Sender.Tell(m is LongPollMessages.Poll ? LongPollMessages.Polled.Gone : LongPollMessages.Pushed.Gone);
                break;
            case LongPollMessages.Poll m:
                OnPoll(m);
                break;
            case LongPollMessages.Push m:
                OnPush(m);
                break;
            case PollSocket.Signal signal:
                OnSocket(signal);
                break;
            case Tick tick:
                OnTick(tick);
                break;
            default:
                _session.OnAnswer(message);
                break;
        }

        Advance();
    }

    // What every message may have changed: frames may be read again, a token may end sooner or later than it did.
    private void Advance()
    {
        while (_socket.End is null && _session.WantsMore && _inbox.TryDequeue(out var frame))
        {
            _inboxBytes -= frame.Bytes.Length;
            _handled++;
            _session.OnMessage(frame.IsBinary, frame.Bytes);
        }

        while (_pushes.TryPeek(out var push) && push.Last <= _handled)
            _pushes.Dequeue().From.Tell(new LongPollMessages.Pushed(PollStatus.Ok));

        if (_session.TokenEnd != _tokenEnd)
            WatchToken();
        if (_session.HasPending && !Timers.IsTimerActive(PendingTimer))
            Timers.StartSingleTimer(PendingTimer, Tick.Pending, Session.PendingCheck);
    }

    private void WatchToken()
    {
        _tokenEnd = _session.TokenEnd;
        if (_session.CheckExpiry() is { } wait)
            Timers.StartSingleTimer(ExpiryTimer, Tick.Expiry, wait);
    }

    private void OnTick(Tick tick)
    {
        if (tick == Tick.Window)
            AnswerPoll(new LongPollMessages.Polled(PollStatus.Nothing, [], _outbox.Received, 0, ""));
        else if (tick == Tick.Expiry)
            WatchToken();
        else if (tick == Tick.Pending)
            OnPending();
        else if (tick == Tick.Silence)
            OnSilence();
        else
            Finish();
    }

    private void OnPending()
    {
        _session.ExpirePending();
        // What was taken will be read; no client waits for that longer than for a poll.
        while (_pushes.TryPeek(out var push) && _time.GetElapsedTime(push.Since) >= _services.Options.Window)
            _pushes.Dequeue().From.Tell(new LongPollMessages.Pushed(PollStatus.Ok));
    }

    private void OnSilence()
    {
        _socket.Close(CloseCode.HeartbeatTimeout, "no poll came");
        Finish();
    }

    // Stopped by way of the parent: a request that it passed on before is answered, and one after it is answered by the parent.
    private static void Finish() => Context.Parent.Tell(LongPollSessions.Finished.Instance);

    private void OnSocket(PollSocket.Signal signal)
    {
        if (signal == PollSocket.Signal.FramesCame)
            AnswerWithFrames();
        else
            OnClosed();
    }

    // Somebody of ours closed the session. As before a close frame, what it said before reaches the client first.
    private void OnClosed()
    {
        _inbox.Clear();
        while (_pushes.TryDequeue(out var push))
            push.From.Tell(push.Last <= _handled ? new LongPollMessages.Pushed(PollStatus.Ok) : LongPollMessages.Pushed.Gone);

        if (_poll is not null && !AnswerWithFrames())
        {
            AnswerPoll(Gone());
            Finish();
            return;
        }

        if (_outbox.IsEmpty)
            _socket.MarkEnded();
        Timers.StartSingleTimer(LingerTimer, Tick.Linger, _services.Sockets.CloseTimeout);
    }

    /// <summary>What a timer says.</summary>
    private sealed class Tick : INotInfluenceReceiveTimeout, INoSerializationVerificationNeeded
    {
        public static readonly Tick Silence = new();
        public static readonly Tick Window = new();
        public static readonly Tick Pending = new();
        public static readonly Tick Expiry = new();
        public static readonly Tick Linger = new();

        private Tick()
        {
        }
    }
}
