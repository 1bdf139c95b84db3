using Akka.Actor;
using Akka.Event;
using Akka.Streams;
using Akka.Streams.Stage;
using QuikApp.Host.Sockets;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Host.Sessions;

/// <summary>
/// The end of a socket's stream: runs its <see cref="Session"/>. What the session sends does not flow back through the
/// graph but into the socket's outbox, which hubs write to as well: one bounded queue decides the order of frames.
/// </summary>
internal sealed class SessionSink : GraphStage<SinkShape<SocketMessage>>
{
    private readonly Func<IActorRef, Session> _start;
    private readonly ISessionSocket _socket;
    private readonly Inlet<SocketMessage> _in = new("session.in");

    /// <param name="start">Makes the session, given where answers to it go.</param>
    /// <param name="socket">The socket, closed when the session fails.</param>
    public SessionSink(Func<IActorRef, Session> start, ISessionSocket socket) => (_start, _socket) = (start, socket);

    public override SinkShape<SocketMessage> Shape => new(_in);

    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(this);

    private sealed class Logic : TimerGraphStageLogic
    {
        private const string PendingTimer = "pending";
        private const string ExpiryTimer = "expiry";

        private readonly SessionSink _stage;
        private Session? _session;
        private DateTimeOffset _tokenEnd;

        public Logic(SessionSink stage)
            : base(stage.Shape)
        {
            _stage = stage;
            SetHandler(stage._in, onPush: OnPush);
        }

        public override void PreStart()
        {
            _session = _stage._start(GetStageActor(OnAnswer).Ref);
            WatchToken(_session);
            Pull(_stage._in);
        }

        public override void PostStop() => _session?.Dispose();

        protected override void OnTimer(object timerKey) => Guarded(session =>
        {
            if (timerKey is ExpiryTimer)
                WatchToken(session);
            else
                session.ExpirePending();
        });

        private void WatchToken(Session session)
        {
            _tokenEnd = session.TokenEnd;
            if (session.CheckExpiry() is { } wait)
                ScheduleOnce(ExpiryTimer, wait);
        }

        private void OnPush()
        {
            var message = Grab(_stage._in);
            Guarded(session => session.OnMessage(!message.IsText, message.Payload));
        }

        private void OnAnswer((IActorRef, object Message) m) => Guarded(session => session.OnAnswer(m.Message));

        // A fault of ours costs this socket its session and nobody else anything.
        private void Guarded(Action<Session> work)
        {
            try
            {
                work(_session!);
                // A token that was refreshed may end later, or sooner.
                if (_session!.TokenEnd != _tokenEnd)
                    WatchToken(_session);
            }
            catch (Exception e)
            {
                Log.Error(e, "a session failed; its socket is closed");
                _stage._socket.Close(CloseCode.InternalError, "");
                CompleteStage();
                return;
            }

            if (_session!.HasPending && !IsTimerActive(PendingTimer))
                ScheduleOnce(PendingTimer, Session.PendingCheck);
            if (_session.WantsMore && !HasBeenPulled(_stage._in) && !IsClosed(_stage._in))
                Pull(_stage._in);
        }
    }
}
