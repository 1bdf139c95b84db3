using System.Collections.Immutable;
using QuikApp.Actors.Delivery;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using QuikApp.Simulation.Clients;

namespace QuikApp.Simulation.Cluster;

/// <summary>A topic's hub without Akka: registers, renews, and leaves what is delivered when to the product.</summary>
internal sealed class Hub
{
    private const long Renewal = 30_000_000;
    private const int ReadPage = 3;

    private readonly World _world;
    private readonly StreamId _stream;
    private readonly DeliveryOrder<(IAsker To, Answer What)> _order;
    private readonly LiveSubscribers _live = new(new RecentEvents(maxEvents: 4, maxBytes: 100_000));
    private readonly Dictionary<long, Subscription> _joining = [];
    private readonly List<Subscription> _subscribed = [];
    private readonly SocketNotices _sockets;
    private Owner? _owner;
    private long _correlations;
    private readonly int _life;
    private bool _isStopped;
    private long _seen;

    public Hub(World world, Node node, Topic topic, StreamId stream)
    {
        _world = world;
        Node = node;
        _life = node.Life;
        Topic = topic;
        _stream = stream;
        _sockets = new SocketNotices((who, isThere) => ToOwner(owner => owner.Attach(who, isThere, this)));
        _order = new DeliveryOrder<(IAsker To, Answer What)>(ReadPage, Deliver, answer => answer.To.Node.After(1, () => answer.To.On(answer.What)), Read);
        node.After(world.Random.Between(1, Renewal), RenewForEver);
    }

    public Node Node { get; }

    /// <summary>Whether it and the life of its node go on.</summary>
    public bool IsThere => !_isStopped && Node.IsUp && Node.Life == _life;

    public Topic Topic { get; }

    public void Join(Subscription subscription)
    {
        var correlation = ++_correlations;
        _joining.Add(correlation, subscription);
        ToOwner(owner => owner.RequestAccess(this, correlation, subscription.Requester));
    }

    public void Granted(Owner owner, long correlation, long head)
    {
        if (_isStopped || !_joining.Remove(correlation, out var subscription))
            return;
        Follow(owner);
        _order.Reach(head);
        _subscribed.Add(subscription);
        subscription.Joined(this, head);
        Attach(subscription, isAttached: true);
    }

    public void Refused(long correlation)
    {
        if (_isStopped || !_joining.Remove(correlation, out var subscription))
            return;
        subscription.Refused(Refusal.Unauthorized);
        StopIfEmpty();
    }

    public void GoLive(Subscription subscription, long from)
    {
        if (!_subscribed.Contains(subscription))
            return;
        var head = Math.Max(_order.Head ?? 0, _seen);
        var first = _world.Break == Break.LiveWithoutWindow ? Math.Max(from, head + 1) : from;
        if (!_live.TryAdd(subscription, first, head))
            subscription.Behind(from, head);
    }

    public void Leave(Subscription subscription)
    {
        foreach (var (correlation, joining) in _joining.ToList())
        {
            if (joining == subscription)
                _joining.Remove(correlation);
        }

        if (_subscribed.Remove(subscription))
            Attach(subscription, isAttached: false);
        _live.Remove(subscription);
        StopIfEmpty();
    }

    public void Published(Owner owner, ImmutableArray<NumberedEvent> events, ImmutableArray<(IAsker To, Answer What)> answers)
    {
        if (_isStopped)
            return;
        Follow(owner);
        if (_world.Break == Break.HubLeavesHoles)
            events = Unordered(events);
        _order.Publish(events, answers);
    }

    public void Renewed(Owner owner, long head)
    {
        if (_isStopped)
            return;
        Follow(owner);
        _order.Reach(head);
    }

    /// <summary>The conversation stopped, or its node is gone.</summary>
    public void OwnerGone(Owner owner)
    {
        if (_isStopped || owner != _owner)
            return;
        _owner = null;
        Node.After(100_000, Renew);
    }

    // Whatever comes and is new is handed on.
    private ImmutableArray<NumberedEvent> Unordered(ImmutableArray<NumberedEvent> events)
    {
        foreach (var e in events.Where(e => e.Seq > Math.Max(_order.Head ?? 0, _seen)))
        {
            _seen = e.Seq;
            Deliver(e);
        }

        return [];
    }

    private void ToOwner(Action<Owner> what) => _world.ToOwner(Node, _stream, what);

    private void Follow(Owner owner)
    {
        if (owner == _owner)
            return;
        _owner = owner;
        foreach (var subscription in _subscribed)
            Attach(subscription, isAttached: true);
    }

    private void Attach(Subscription subscription, bool isAttached)
    {
        if (Topic.Kind == TopicKind.Call)
            _sockets.Say(subscription.Requester, isAttached);
    }

    private void Deliver(NumberedEvent e) => _live.Deliver(BroadcastEvent.Of(Topic, e, World.Context));

    private void Read(long from, long to) => _world.Journal.Read(Node, _stream, from, to, rows =>
    {
        if (rows is not null)
            _order.Fill([.. rows.Select(row => row.Event)]);
        else
            Node.After(1_000_000, _order.Retry);
    });

    private void RenewForEver()
    {
        if (_isStopped)
            return;
        Renew();
        Node.After(Renewal, RenewForEver);
    }

    private void Renew()
    {
        if (_isStopped)
            return;
        ToOwner(owner => owner.RenewLease(this));
        if (Topic.Kind == TopicKind.Call && _world.Break != Break.SocketsToldOnce)
            _sockets.Again(_subscribed.Select(subscription => subscription.Requester));
    }

    private void StopIfEmpty()
    {
        if (_isStopped || _subscribed.Count > 0 || _joining.Count > 0)
            return;
        _isStopped = true;
        if (Node.Hubs.GetValueOrDefault(_stream) == this)
            Node.Hubs.Remove(_stream);
        // A release, and the end that the conversation watches for: a watch is not lost.
        if (_owner is { } owner)
            _world.Watched(Node, owner.Node, () => owner.HubGone(this));
    }
}
