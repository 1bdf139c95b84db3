using System.Text.Json;
using Akka.Actor;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Delivery;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using QuikApp.Protocol.Phoenix;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Host.Sessions;

/// <summary>One topic that a session joined or is joining: Phoenix's channel, seen from the socket.</summary>
internal sealed class JoinedTopic : ISubscriber, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Session _session;
    private CancellationTokenSource? _left;
    private bool _ended;

    public JoinedTopic(Session session, Topic topic, Ref askedJoinRef, Ref @ref, JoinParams join)
    {
        _session = session;
        Topic = topic;
        Name = topic.ToString();
        Stream = StreamId.Of(topic) ?? default;
        AskedJoinRef = askedJoinRef;
        JoinRef = askedJoinRef.IsNull ? @ref : askedJoinRef;
        Ref = @ref;
        Join = join;
    }

    public Topic Topic { get; }

    /// <summary>The topic as the client wrote it.</summary>
    public string Name { get; }

    /// <summary>The stream behind the topic; none behind presence.</summary>
    public StreamId Stream { get; }

    /// <summary>The channel that payloads name, once the hub said so; null where none is.</summary>
    public TopicContext? Context { get; set; }

    /// <summary>The client's name for this join: later frames carry it, and a frame with another is stale.</summary>
    public Ref JoinRef { get; }

    /// <summary>The join frame's own join_ref, null where it had none: Phoenix answers and closes the join with that.</summary>
    public Ref AskedJoinRef { get; }

    /// <summary>Ref of the join frame, for its reply.</summary>
    public Ref Ref { get; }

    /// <summary>What the client asked for.</summary>
    public JoinParams Join { get; }

    /// <summary>The join that this one replaces; it is told <c>phx_close</c> behind this one's reply.</summary>
    public JoinedTopic? Replaces { get; set; }

    /// <summary>The hub, once it said yes.</summary>
    public IActorRef? Hub { get; set; }

    /// <summary>Pushes that wait for their answer.</summary>
    public int Pending { get; set; }

    /// <summary>Ref of a leave that waits until <see cref="Pending"/> is 0: Phoenix answers in order.</summary>
    public Ref? Leaving { get; set; }

    /// <summary>Whether the user was last seen typing here.</summary>
    public bool Typing { get; set; }

    /// <summary>Whether the subscription has ended.</summary>
    public bool HasLeft => Volatile.Read(ref _ended);

    public Requester Requester => _session.Requester;

    public PhoenixVersion Version => _session.Version;

    // Hubs and replays send on threads of their own: the lock keeps their frames before the phx_close that follows Dispose.
    public void Deliver(WireFrame frame)
    {
        lock (_gate)
        {
            if (!_ended)
                _session.Send(frame);
        }
    }

    public void Push(string @event, Action<Utf8JsonWriter> payload) => Session.Push(this, @event, payload, static (json, write) => write(json));

    public void Tell(HubMessages.ToSession message) => _session.Self.Tell(new Session.FromHub(this, message), ActorRefs.NoSender);

    /// <summary>Ends with the subscription: what replays for it stops. Made for those topics alone that replay.</summary>
    public CancellationToken UntilLeft()
    {
        lock (_gate)
        {
            if (_ended)
                return new CancellationToken(canceled: true);
            return (_left ??= new CancellationTokenSource()).Token;
        }
    }

    /// <summary>Ends the subscription: nothing is delivered any more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_ended)
                return;
            _ended = true;
        }

        _left?.Cancel();
        Hub?.Tell(new HubMessages.Leave(this), ActorRefs.NoSender);
    }
}
