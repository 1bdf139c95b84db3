using System.Collections.Immutable;
using Akka.Actor;
using QuikApp.Actors.Delivery;
using QuikApp.Actors.Telemetry;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using QuikApp.Protocol.Presence;
using static QuikApp.Actors.Delivery.HubMessages;
using static QuikApp.Actors.Presence.PresenceMessages;
using RecheckSlices = QuikApp.Actors.Access.RecheckSlices;

namespace QuikApp.Actors.Presence;

/// <summary>
/// Owns the delivery of one workspace's presence on one node: keeps the list of who is online as the view tells it, gives it
/// to who joins, and hands every subscriber what changes, encoded once. Not restarted: a hub that fails is made anew by the
/// next join.
/// </summary>
internal sealed class PresenceHub : ReceiveActor, IWithTimers
{
    /// <summary>Within this a view that started anew has heard from all nodes; before, it would tell that nearly everybody left.</summary>
    private static readonly TimeSpan ViewSettles = TimeSpan.FromSeconds(3);

    private readonly Topic _topic;
    private readonly WorkspaceId _workspace;
    private readonly IActorRef _node;
    private readonly IActorRef _view;
    private readonly TimeProvider _time;
    private readonly Dictionary<long, Join> _joining = [];
    private readonly List<Join> _admitted = [];
    private readonly Dictionary<long, ISubscriber> _rechecked = [];
    private readonly Dictionary<ISubscriber, Subscription> _subscribed = [];
    private readonly RecheckSlices _slices = new();
    private readonly TimeSpan? _rechecksEvery;
    private Dictionary<UserId, UserPresence>? _present;
    private long _correlations;

    /// <param name="topic">The topic.</param>
    /// <param name="node">Lets a join on to <paramref name="view"/> when the joiner's own presence is told.</param>
    /// <param name="view">Says who is online, and who may know.</param>
    /// <param name="time">The clock.</param>
    /// <param name="rechecksEvery">How often subscribers are asked about again; null for never.</param>
    public PresenceHub(Topic topic, IActorRef node, IActorRef view, TimeProvider time, TimeSpan? rechecksEvery)
    {
        _rechecksEvery = rechecksEvery;
        _topic = topic;
        _workspace = WorkspaceId.Parse(topic.Id);
        _node = node;
        _view = view;
        _time = time;

        Receive<Join>(OnJoin);
        Receive<AccessAnswer>(OnAccess);
        Receive<GoLive>(OnGoLive);
        Receive<Leave>(m => Remove(m.Subscriber));
        Receive<Watched>(OnWatched);
        Receive<Changes>(m => OnChanges(m.Each));
        Receive<AccessChanged>(OnAccessChanged);
        Receive<RecheckSome>(_ => CheckSome());
        Receive<ViewStarted>(_ => Timers.StartSingleTimer(nameof(Watch), new Watch(_workspace), ViewSettles));
        Receive<Watch>(_view.Tell);
        Receive<HubEmpty>(OnHubEmpty);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private bool IsEmpty => _subscribed.Count == 0 && _joining.Count == 0 && _admitted.Count == 0;

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(AccessChanged));
        Context.System.EventStream.Subscribe(Self, typeof(ViewStarted));
        _view.Tell(new Watch(_workspace));
        if (_rechecksEvery is { } period)
            Timers.StartPeriodicTimer(nameof(RecheckSome), RecheckSome.Instance, RecheckSlices.Interval(period));
    }

    protected override void PostStop()
    {
        Context.System.EventStream.Unsubscribe(Self);

        // A hub with subscribers stops by failing alone. Its parent tells them, once no later join can end up here.
        if (!IsEmpty)
            Context.Parent.Tell(new HubFailed(_topic, [.. _subscribed.Keys, .. _joining.Values.Concat(_admitted).Select(join => join.Subscriber)]));
    }

    private void OnJoin(Join m)
    {
        var correlation = ++_correlations;
        _joining.Add(correlation, m);
        _node.Tell(new RequestAccess(m.Subscriber.Requester, _workspace, correlation));
    }

    private void OnAccess(AccessAnswer m)
    {
        if (_rechecked.Remove(m.Correlation, out var subscriber))
        {
            if (m.IsAdmitted != true)
                Expel(subscriber, isKnown: m.IsAdmitted is not null);
            return;
        }

        if (!_joining.Remove(m.Correlation, out var join))
            return;
        if (m.IsAdmitted != true)
        {
            join.Subscriber.Tell(new ToSession.Refused(m.IsAdmitted is null ? Refusal.Unavailable : Refusal.Unauthorized));
            StopIfEmpty();
            return;
        }

        _admitted.Add(join);
        GrantAdmitted();
    }

    private void OnWatched(Watched m)
    {
        var now = m.Presences.ToDictionary(presence => presence.User);
        // A view that started anew: what happened while nobody told.
        var missed = _present is null ? [] : PresenceChange.Between(_workspace, _present, now, _time.GetUtcNow());
        _present ??= now;
        OnChanges(missed);
        GrantAdmitted();
    }

    private void GrantAdmitted()
    {
        if (_present is null)
            return;
        foreach (var join in _admitted)
            Grant(join);
        _admitted.Clear();
    }

    // What changes between the reply and the session's word that it went out waits for that word: then nothing of it comes
    // before the reply, none is missing, and none is there twice.
    private void Grant(Join join)
    {
        var user = join.Subscriber.Requester.User;
        var isTracked = PresenceKey.IsTracked(user);
        _subscribed[join.Subscriber] = new Subscription(join.Format);
        if (join.Format is PresenceFormat.Phoenix)
        {
            join.Subscriber.Tell(new ToSession.Joined(Self, 0, Reply: json => PresencePayload.WriteJoined(json, isTracked)));
            return;
        }

        var list = ListFor(user);
        join.Subscriber.Tell(new ToSession.Joined(Self, 0, Reply: json => PresencePayload.WriteSnapshot(json, list, isTracked)));
    }

    private void OnGoLive(GoLive m)
    {
        if (!_subscribed.TryGetValue(m.Subscriber, out var subscription) || subscription.IsLive)
            return;
        if (subscription.Format is PresenceFormat.Phoenix)
        {
            // Taken now, so that nothing has to wait for it.
            var list = ListFor(m.Subscriber.Requester.User);
            m.Subscriber.Push(EventNames.PresenceState, json => PhoenixPresence.WriteState(json, _workspace, list));
        }

        foreach (var e in subscription.GoLive())
            m.Subscriber.Deliver(e.Frame(m.Subscriber.Version));
    }

    private ImmutableArray<UserPresence> ListFor(UserId viewer) =>
    [
        .. _present!.Values
            .Select(presence => presence.SeenBy(viewer))
            .OfType<UserPresence>()
            .OrderBy(presence => presence.User.Value, StringComparer.Ordinal),
    ];

    private void OnChanges(ImmutableArray<PresenceChange> changes)
    {
        // Before the list came nobody has seen any.
        if (_present is null || changes.IsEmpty)
            return;
        foreach (var change in changes)
        {
            if (change.After is { } after)
                _present[change.User] = after;
            else
                _present.Remove(change.User);
        }

        var events = new PresenceEvents(_topic, _workspace, changes);
        var delivered = 0;
        foreach (var (subscriber, subscription) in _subscribed)
        {
            foreach (var e in events.For(subscriber.Requester.User, subscription.Format))
            {
                if (subscription.Take(e))
                    subscriber.Deliver(e.Frame(subscriber.Version));
                delivered++;
            }
        }

        QuikAppMetrics.PresenceDelivered(delivered);
    }

    private void OnAccessChanged(AccessChanged m)
    {
        if (m.Workspace == _workspace)
            CheckAgain(user => user == m.User);
    }

    private void CheckSome()
    {
        _slices.Next();
        CheckAgain(_slices.Has);
    }

    private void CheckAgain(Func<UserId, bool> concerned)
    {
        foreach (var subscriber in _subscribed.Keys.Where(subscriber => concerned(subscriber.Requester.User)))
        {
            _rechecked.Add(++_correlations, subscriber);
            _view.Tell(new RequestAccess(subscriber.Requester, _workspace, _correlations));
        }
    }

    // What cannot be known at present is no removal: the client is told to join again, and is refused if it may not.
    private void Expel(ISubscriber subscriber, bool isKnown)
    {
        if (!_subscribed.Remove(subscriber))
            return;
        subscriber.Tell(isKnown ? new ToSession.Removed() : new ToSession.Failed());
        StopIfEmpty();
    }

    private void Remove(ISubscriber subscriber)
    {
        foreach (var (correlation, join) in _joining)
        {
            if (ReferenceEquals(join.Subscriber, subscriber))
                _joining.Remove(correlation);
        }

        _admitted.RemoveAll(join => ReferenceEquals(join.Subscriber, subscriber));
        _subscribed.Remove(subscriber);
        StopIfEmpty();
    }

    private void StopIfEmpty()
    {
        if (IsEmpty)
            Context.Parent.Tell(new HubEmpty(_topic));
    }

    private void OnHubEmpty(HubEmpty m)
    {
        if (IsEmpty)
            Context.Stop(Self);
    }

    private sealed class RecheckSome : INoSerializationVerificationNeeded
    {
        public static readonly RecheckSome Instance = new();
    }

    /// <summary>One subscriber: how it is spoken to, and what waits until its reply went out.</summary>
    private sealed class Subscription(PresenceFormat format)
    {
        private List<BroadcastEvent>? _waiting = [];

        public PresenceFormat Format => format;

        public bool IsLive => _waiting is null;

        /// <summary>Whether the event is to be delivered now.</summary>
        public bool Take(BroadcastEvent e)
        {
            // Phoenix's list is taken when the subscription goes live, and has it.
            if (format is PresenceFormat.Events)
                _waiting?.Add(e);
            return IsLive;
        }

        public List<BroadcastEvent> GoLive()
        {
            var waiting = _waiting ?? [];
            _waiting = null;
            return waiting;
        }
    }
}
