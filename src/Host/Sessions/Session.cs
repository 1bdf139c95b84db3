using System.Buffers;
using System.Security.Cryptography;
using System.Threading.RateLimiting;
using Akka.Actor;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Delivery;
using QuikApp.Actors.Presence;
using QuikApp.Actors.Telemetry;
using QuikApp.Host.Authentication;
using QuikApp.Host.Authentication.Revocations;
using QuikApp.Protocol.Payloads;
using QuikApp.Protocol.Phoenix;
using QuikApp.Protocol.Presence;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Host.Sessions;

/// <summary>
/// Owns what one socket has joined: reads Phoenix frames, applies limits, routes pushes to conversations and answers to
/// the client. Runs inside the socket's stream, one call at a time; only <see cref="Send"/> is called from elsewhere.
/// </summary>
internal sealed partial class Session : ILiveToken, IDisposable
{
    private const int ExcessWindowSeconds = 10;

    // What is echoed in every answer, and kept while a topic is joined, must not be as long as a message.
    private const int MaxTopicLength = 255;
    private const int MaxRefBytes = 128;

    // Which socket takes part in a call must not be guessed by another.
    private const int SessionIdBytes = 12;

    private readonly ISessionSocket _socket;
    private readonly SessionServices _services;
    private readonly Dictionary<string, JoinedTopic> _topics = [];
    private readonly Dictionary<long, PendingPush> _pending = [];
    private TokenBucketRateLimiter? _events;
    private long _correlations;
    private int _excess;
    private long _excessSince;

    /// <param name="token">Who connected.</param>
    /// <param name="device">What kind of device connected.</param>
    /// <param name="version">The wire that was agreed on.</param>
    /// <param name="socket">The socket.</param>
    /// <param name="self">Where answers to this session go.</param>
    /// <param name="services">What sessions share.</param>
    public Session(AccessToken token, Device device, PhoenixVersion version, ISessionSocket socket, IActorRef self, SessionServices services)
    {
        _token = token;
        _requester = RequesterOf(token, device, Convert.ToBase64String(RandomNumberGenerator.GetBytes(SessionIdBytes)));
        Version = version;
        Self = self;
        _socket = socket;
        _services = services;
        _services.Presence.Tell(new PresenceMessages.Opened(_requester, device), Self);
        services.Revocations.Track(this);
    }

    /// <summary>What kind of device connected.</summary>
    public Device Device => _requester.Device;

    /// <summary>The wire that the socket speaks.</summary>
    public PhoenixVersion Version { get; }

    /// <summary>Where answers to this session go.</summary>
    public IActorRef Self { get; }

    /// <summary>Whether the next frame may be read: not while a join or a leave is under way, nor with too many pushes unanswered.</summary>
    public bool WantsMore => _joining is null && _leaving is null && _pending.Count < _services.Limits.PushesInFlight;

    /// <summary>Whether a join or a push waits for its answer, so that <see cref="ExpirePending"/> has something to look at.</summary>
    public bool HasPending => _pending.Count > 0 || _joining is not null;

    /// <summary>Queues a frame for the socket. Safe from any thread.</summary>
    public void Send(WireFrame frame) => _socket.Send(frame);

    /// <summary>Reads a message as a session does; false when the wire, or a session, does not allow it.</summary>
    public static bool TryRead(
        PhoenixVersion version, bool binary, ReadOnlyMemory<byte> message, out ClientFrame frame, out FrameError error) =>
        FrameDecoder.TryDecode(version, binary, message, out frame, out error) && HasSoundNames(frame);

    /// <summary>Handles one message of the socket.</summary>
    public void OnMessage(bool binary, ReadOnlyMemory<byte> message)
    {
        QuikAppMetrics.FramesReceived();
        if (!TryRead(Version, binary, message, out var frame, out var error))
        {
            QuikAppMetrics.MalformedFrame(error.ToString());
            _socket.Close(CloseCode.InvalidPayload, "malformed frame");
            return;
        }

        if (frame.Topic.Text == PhoenixEvents.ConnectionTopic && frame.Event.Text == PhoenixEvents.Heartbeat)
        {
            Reply(Ref.Null, frame.Ref, frame.Topic, PhoenixEvents.StatusOk, "{}"u8);
            return;
        }

        if (!TakeEvent(frame))
            return;

        if (frame.Topic.Text is not { } topic)
            Refuse(Ref.Null, frame.Ref, frame.Topic, Refusal.UnmatchedTopic);
        else if (frame.Event.Text == PhoenixEvents.Join)
            OnJoin(topic, frame);
        else if (frame.Event.Text == PhoenixEvents.Leave)
            OnLeave(topic, frame);
        else if (!_topics.TryGetValue(topic, out var joined) || joined.Hub is null)
            Refuse(Ref.Null, frame.Ref, frame.Topic, Refusal.UnmatchedTopic);
        else if (frame.JoinRef.IsNull || frame.JoinRef == joined.JoinRef)
            OnPush(joined, frame);
        // Else the frame belongs to an earlier join of the topic: dropped, as Phoenix does since 1.8.3.
    }

    /// <summary>Handles an answer from a hub, a conversation, or work that this session started.</summary>
    public void OnAnswer(object message)
    {
        switch (message)
        {
            case FromHub m:
                OnHub(m);
                break;
            case ConversationMessages.Executed m:
                OnExecuted(m);
                break;
            case HistoryRead m:
                OnHistory(m);
                break;
            case HeadChecked m:
                OnHeadChecked(m);
                break;
            case JoinTokenChecked m:
                OnJoinTokenChecked(m);
                break;
            case ReplayBroke m:
                Break(m.Topic);
                break;
            case TokenChecked m:
                OnTokenChecked(m);
                break;
        }
    }

    /// <summary>Ends every subscription.</summary>
    public void Dispose()
    {
        _services.Revocations.Untrack(this);
        foreach (var topic in _topics.Values)
        {
            StopTyping(topic);
            topic.Dispose();
        }

        _topics.Clear();
        _services.Presence.Tell(new PresenceMessages.Closed(_requester, Device), ActorRefs.NoSender);
        _events?.Dispose();
    }

    private static bool HasSoundNames(in ClientFrame frame) =>
        frame.JoinRef.Json.Length <= MaxRefBytes
        && frame.Ref.Json.Length <= MaxRefBytes
        && frame.Topic.ToString().Length <= MaxTopicLength;

    // Made with the first event: most sockets of a large node only listen.
    private bool TakeEvent(in ClientFrame frame)
    {
        _events ??= new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = _services.Limits.EventBurst,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1.0 / _services.Limits.EventsPerSecond),
            QueueLimit = 0,
            AutoReplenishment = false,
        });
        _events.TryReplenish();
        using var lease = _events.AttemptAcquire();
        if (lease.IsAcquired)
            return true;

        var after = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1);
        Refuse(Ref.Null, frame.Ref, frame.Topic, Refusal.RateLimited(after));
        CountExcess();
        return false;
    }

    // A client that goes on all the same is not worth its refusals.
    private void CountExcess()
    {
        var now = _services.Time.GetTimestamp();
        if (_excess == 0 || _services.Time.GetElapsedTime(_excessSince, now).TotalSeconds > ExcessWindowSeconds)
            (_excess, _excessSince) = (0, now);
        if (++_excess >= _services.Limits.ExcessEventsBeforeClose)
            _socket.Close(CloseCode.TooManyRequests, "too many events");
    }

    private void Reply(Ref joinRef, Ref @ref, FrameName topic, string status, ReadOnlySpan<byte> response)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        FrameEncoder.WriteReply(Version, buffer, joinRef, @ref, topic, status, response);
        Send(WireFrame.Text(buffer.WrittenSpan));
    }

    private void Reply<TState>(Ref joinRef, Ref @ref, FrameName topic, TState state, PayloadWriter<TState> response)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        FrameEncoder.WriteReply(Version, buffer, joinRef, @ref, topic, PhoenixEvents.StatusOk, state, response);
        Send(WireFrame.Text(buffer.WrittenSpan));
    }

    private void Refuse(Ref joinRef, Ref @ref, FrameName topic, Refusal refusal)
    {
        QuikAppMetrics.Refused(Reasons.Text(refusal.Reason));
        var buffer = new ArrayBufferWriter<byte>(128);
        FrameEncoder.WriteReply(
            Version, buffer, joinRef, @ref, topic, PhoenixEvents.StatusError, refusal, static (json, why) => why.Write(json));
        Send(WireFrame.Text(buffer.WrittenSpan));
    }

    /// <summary>Hands a joined topic an event that carries its join's reference. Safe from any thread.</summary>
    internal static void Push<TState>(JoinedTopic topic, string @event, TState state, PayloadWriter<TState> payload)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        FrameEncoder.WritePush(topic.Version, buffer, topic.JoinRef, topic.Name, @event, state, payload);
        topic.Deliver(WireFrame.Text(buffer.WrittenSpan));
    }

    private static Requester RequesterOf(AccessToken token, Device device, string session) =>
        new(token.UserId, token.Workspaces, token.Role) { Name = token.DisplayName, Device = device, Session = session };

    /// <summary>What a hub said of one of this session's topics.</summary>
    internal sealed record FromHub(JoinedTopic Topic, HubMessages.ToSession What) : INoSerializationVerificationNeeded;

    /// <summary>A push whose answer is under way.</summary>
    /// <param name="Topic">Where it came.</param>
    /// <param name="Ref">Its ref.</param>
    /// <param name="Shape">What the reply says.</param>
    /// <param name="Since">When it came.</param>
    /// <param name="Within">How long after that its sender is told <c>unavailable</c>.</param>
    /// <param name="Asked">What a conversation was asked; null where the answer comes from elsewhere.</param>
    private readonly record struct PendingPush(
        JoinedTopic Topic, Ref Ref, ReplyShape Shape, long Since, TimeSpan Within, ConversationMessages.Execute? Asked);
}
