using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using QuikApp.Actors.Access;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Telemetry;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using static QuikApp.Actors.Conversations.ConversationMessages;
using static QuikApp.Actors.Delivery.HubMessages;

namespace QuikApp.Actors.Delivery;

/// <summary>
/// Owns the delivery of one topic on one node: registers with the conversation, checks that numbers are contiguous, fills
/// a hole from the journal before anything later is delivered, and hands every local subscriber the same encoded bytes.
/// Not restarted: a hub that fails is made anew by the next join.
/// </summary>
internal sealed partial class TopicHub : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan RegisterPeriod = TimeSpan.FromMilliseconds(500);

    private readonly Topic _topic;
    private readonly StreamId _stream;
    private readonly IActorRef _conversations;
    private readonly ConversationServices _services;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<long, Joining> _joining = [];
    private readonly Dictionary<ISubscriber, long> _subscribed = [];
    private readonly Dictionary<long, Recheck> _rechecking = [];
    private readonly LiveSubscribers _live;
    private readonly DeliveryOrder<Answer> _order;
    private readonly SocketNotices _sockets;

    private long _correlations;
    private IActorRef? _owner;
    private TopicContext? _context;
    private ImmutableArray<StreamId> _authorities = [];

    public TopicHub(Topic topic, IActorRef conversations, ConversationServices services)
    {
        _topic = topic;
        _stream = StreamId.Of(topic) ?? throw new ArgumentException("a topic without a stream", nameof(topic));
        _conversations = conversations;
        _services = services;
        _live = new LiveSubscribers(new RecentEvents(services.Options.HubWindowEvents, services.Options.HubWindowBytes));
        _sockets = new SocketNotices(TellCall);
        _order = new DeliveryOrder<Answer>(services.Options.ResumePage, Deliver, answer => answer.To.Tell(answer.What, Self), Fill);

        Receive<Join>(OnJoin);
        Receive<GoLive>(OnGoLive);
        Receive<Leave>(m => Remove(m.Subscriber));
        Receive<AccessGranted>(OnGranted);
        Receive<AccessRefused>(OnRefused);
        Receive<Published>(OnPublished);
        Receive<LeaseRenewed>(OnLeaseRenewed);
        Receive<HoleFilled>(m => _order.Fill(m.Events));
        Receive<HoleFailed>(OnHoleFailed);
        Receive<FillAgain>(_ => _order.Retry());
        Receive<TypingRelayed>(OnTyping);
        Receive<TypingExpired>(m => StopTyping(m.User));
        Receive<RenewNow>(_ => Renew());
        Receive<AccessChanged>(OnAccessChanged);
        Receive<Confirm>(m => CheckAgain(m.What));
        Receive<RecheckNow>(_ => AskAgain());
        Receive<RecheckSome>(_ => CheckSome());
        Receive<SignalRelayed>(OnSignal);
        Receive<Terminated>(OnOwnerGone);
        Receive<HubEmpty>(OnHubEmpty);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private long Head => _order.Head ?? 0;

    // A renewal also keeps the conversation in memory, so it must come more often than that is idle.
    protected override void PreStart()
    {
        var (renewal, idle) = (_services.Options.LeaseRenewal, _services.Options.PassivateAfter / 3);
        Timers.StartPeriodicTimer(nameof(RenewNow), RenewNow.Instance, renewal < idle ? renewal : idle);
        if (_services.Access.RechecksEvery is { } period)
            Timers.StartPeriodicTimer(nameof(RecheckSome), RecheckSome.Instance, RecheckSlices.Interval(period));
    }

    protected override void PostStop()
    {
        if (_owner is not null)
            _conversations.Tell(new ReleaseLease(_stream, Self));

        // A hub with subscribers stops by failing alone. Its parent tells them, once no later join can end up here.
        if (_subscribed.Count > 0 || _joining.Count > 0)
            Context.Parent.Tell(new HubFailed(_topic, [.. _subscribed.Keys, .. _joining.Values.Select(joining => joining.Subscriber)]));
    }

    private void OnJoin(Join m)
    {
        var correlation = ++_correlations;
        _joining.Add(correlation, new Joining(m.Subscriber, _services.Time.GetTimestamp()));
        if (!_isSilent)
            Ask(correlation, m.Subscriber);
        AskAgainSoon();
    }

    private void OnGranted(AccessGranted m)
    {
        // The answer's own question is settled first.
        Settle(m);
        OnAnswered();
    }

    private void Settle(AccessGranted m)
    {
        if (_rechecking.Remove(m.Correlation, out var recheck))
        {
            OnStillGranted(recheck, m);
            return;
        }

        if (!_joining.Remove(m.Correlation, out var joining))
            return;

        var subscriber = joining.Subscriber;
        Follow(Sender, m.Head);
        _context = m.Context;
        // Who stands above this conversation must be heard on this node: a change there may end the access.
        _authorities = m.Authorities;
        FollowAuthorities();
        _subscribed[subscriber] = m.Head;
        subscriber.Tell(new ToSession.Joined(Self, m.Head, m.Context));
        Attach(subscriber, attached: true);
    }

    private void OnRefused(AccessRefused m)
    {
        Settle(m);
        OnAnswered();
    }

    private void Settle(AccessRefused m)
    {
        if (_rechecking.Remove(m.Correlation, out var recheck))
        {
            Expel(recheck.Subscriber, m.Why);
            return;
        }

        if (!_joining.Remove(m.Correlation, out var joining))
            return;
        joining.Subscriber.Tell(new ToSession.Refused(m.Why));
        StopIfEmpty();
    }

    private void OnGoLive(GoLive m)
    {
        if (!_subscribed.ContainsKey(m.Subscriber))
            return;
        if (Pending(m.Subscriber) is { } pending)
        {
            _rechecking[pending] = new Recheck(m.Subscriber, m.From);
            return;
        }

        if (!_live.TryAdd(m.Subscriber, m.From, Head))
            m.Subscriber.Tell(new ToSession.Behind(m.From, Head));
    }

    private void Remove(ISubscriber subscriber)
    {
        foreach (var (correlation, joining) in _joining)
        {
            if (ReferenceEquals(joining.Subscriber, subscriber))
                _joining.Remove(correlation);
        }

        if (Pending(subscriber) is { } pending)
            _rechecking.Remove(pending);
        if (_subscribed.Remove(subscriber))
            Attach(subscriber, attached: false);
        _live.Remove(subscriber);
        StopIfEmpty();
    }

    private void OnPublished(Published m)
    {
        Follow(Sender, head: null);
        _order.Publish(m.Events, m.Answers);
    }

    private void Deliver(NumberedEvent e)
    {
        _live.Deliver(BroadcastEvent.Of(_topic, e, _context));
        QuikAppMetrics.Delivered(_live.Count);

        if (e.Event is ConversationEvent.MemberRemoved removed)
            CheckAgain(s => s.Requester.User == removed.User && _subscribed[s] < e.Seq);
        else if (e.Event is ConversationEvent.MessageCreated)
            StopTyping(e.By);
    }

    private void Follow(IActorRef owner, long? head)
    {
        if (!owner.Equals(_owner))
        {
            if (_owner is not null)
                Context.Unwatch(_owner);
            _owner = owner;
            Context.Watch(owner);
            foreach (var subscriber in _subscribed.Keys)
            {
                subscriber.Tell(new ToSession.OwnerChanged());
                // A call that moved or restarted knows nobody's socket.
                Attach(subscriber, attached: true);
            }
        }

        if (head is { } there)
            _order.Reach(there);
    }

    private void OnLeaseRenewed(LeaseRenewed m) => Follow(Sender, m.Head);

    // The conversation moved, stopped or crashed: registering again brings it back and shows what was missed.
    private void OnOwnerGone(Terminated m)
    {
        if (!m.ActorRef.Equals(_owner))
            return;
        _owner = null;
        Timers.StartSingleTimer(nameof(OnOwnerGone), RenewNow.Instance, TimeSpan.FromMilliseconds(100));
    }

    private void Renew()
    {
        _conversations.Tell(new RenewLease(_stream, Self));
        AttachAgain();
        FollowAuthorities();
        // What is on its way to a node that has just gone is lost, so it is said until somebody answers.
        if (_owner is null && _order.Head is not null)
            Timers.StartSingleTimer(nameof(OnOwnerGone), RenewNow.Instance, RegisterPeriod);
    }

    private void FollowAuthorities()
    {
        foreach (var authority in _authorities)
            _services.Replicas.Follow(authority);
    }

    private void StopIfEmpty()
    {
        if (_subscribed.Count == 0 && _joining.Count == 0)
            Context.Parent.Tell(new HubEmpty(_topic));
    }

    private void OnHubEmpty(HubEmpty m)
    {
        if (_subscribed.Count == 0 && _joining.Count == 0)
            Context.Stop(Self);
    }

    /// <summary>A subscriber that the conversation is asked about, and since when.</summary>
    private readonly record struct Joining(ISubscriber Subscriber, long Since);

    private sealed class RenewNow : INoSerializationVerificationNeeded, INotInfluenceReceiveTimeout
    {
        public static readonly RenewNow Instance = new();
    }
}
