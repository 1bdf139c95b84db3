using Akka.Actor;
using Akka.Cluster;
using Akka.DistributedData;
using Akka.Event;
using QuikApp.Actors.Telemetry;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Presence;
using static QuikApp.Actors.Presence.PresenceMessages;
using RecheckSlices = QuikApp.Actors.Access.RecheckSlices;

namespace QuikApp.Actors.Presence;

/// <summary>
/// Owns what this node says about its own users: hears of sockets and statuses, tells the node's view at once and the other
/// nodes in batches. Restarts with what it knew, since nobody tells it again.
/// </summary>
internal sealed partial class PresenceNode : ReceiveActor, IWithTimers
{
    private readonly PresenceServices _services;
    private readonly LocalPresences _local;
    private readonly IActorRef _view;
    private readonly UniqueAddress _self = Cluster.Get(Context.System).SelfUniqueAddress;
    private readonly IActorRef _replicator = DistributedData.Get(Context.System).Replicator;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly NodeId _node;
    private readonly PendingWrites _unwritten = new();
    private readonly HashSet<UniqueAddress> _others = [];
    private readonly List<PresenceName> _changed = [];
    private DateTimeOffset _scheduled = DateTimeOffset.MaxValue;
    private int _counted;

    public PresenceNode(IActorRef view, LocalPresences local, PresenceServices services)
    {
        _view = view;
        _local = local;
        _services = services;
        _node = PresenceKeys.NodeOf(_self);
        _counted = local.Online;

        Receive<Opened>(OnOpened);
        Receive<Closed>(OnClosed);
        Receive<SetStatus>(m => OnStatus(m.User, m.Status, onlyHere: false));
        Receive<StatusSeen>(m => OnStatus(m.User, m.Status, onlyHere: true));
        Receive<AccessChanged>(OnAccessChanged);
        Receive<AccessKnown>(OnAccessKnown);
        Receive<RequestAccess>(OnRequestAccess);
        Receive<RecheckSome>(_ => CheckSome());
        Receive<ViewStarted>(_ => TellAll());
        Receive<Due>(_ => OnDue());
        Receive<Flush>(_ => OnFlush());
        Receive<Changed>(OnOwnKeyChanged);
        Receive<IUpdateResponse>(OnUpdated);
        Receive<Sweep>(_ => _replicator.Tell(Dsl.GetKeyIds));
        Receive<GetKeysIdsResult>(OnKeys);
        Receive<ClusterEvent.IMemberEvent>(OnMember);
        Receive<Retire>(_ => OnRetire());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(AccessChanged));
        Context.System.EventStream.Subscribe(Self, typeof(ViewStarted));
        for (var bucket = 0; bucket < PresenceKeys.Buckets; bucket++)
            _replicator.Tell(Dsl.Subscribe(PresenceKeys.Key(_node.Address, bucket), Self));
        Timers.StartPeriodicTimer(nameof(Sweep), Sweep.Instance, SweepInterval);
        Cluster.Get(Context.System).Subscribe(
            Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent));
        if (_services.Access.RechecksEvery is { } period)
            Timers.StartPeriodicTimer(nameof(RecheckSome), RecheckSome.Instance, RecheckSlices.Interval(period));
        TellAll();
        Settle();
    }

    protected override void PostStop()
    {
        Cluster.Get(Context.System).Unsubscribe(Self);
        Context.System.EventStream.Unsubscribe(Self);
        LetGo();
        QuikAppMetrics.PresenceUsers(-_counted);
        _counted = 0;
    }

    private void OnOpened(Opened m)
    {
        var user = m.Requester.User;
        if (!PresenceKey.IsTracked(user))
            return;

        var wasHere = _local.IsHere(user);
        var now = Now();
        foreach (var workspace in m.Requester.Workspaces)
        {
            if (_local.Open(m.Requester, workspace, m.Device, now, _changed))
                AskAccess(m.Requester, workspace);
        }

        if (!wasHere && _local.IsHere(user))
            AskStatus(user);
        Settle();
    }

    private void OnClosed(Closed m)
    {
        if (!PresenceKey.IsTracked(m.Requester.User))
            return;
        foreach (var workspace in m.Requester.Workspaces)
            _local.Close(m.Requester.User, workspace, m.Device, Now());
        Settle();
    }

    private void OnStatus(UserId user, UserStatus status, bool onlyHere)
    {
        if (PresenceKey.IsTracked(user))
            _local.SetStatus(user, status, Now(), onlyHere, _changed);
        Settle();
    }

    private void AskStatus(UserId user)
    {
        var asked = _services.Statuses.Of(user);
        if (asked.IsCompletedSuccessfully)
        {
            if (asked.Result is { } status)
                _local.SetStatus(user, status, Now(), onlyHere: true, _changed);
            return;
        }

        // Without it the user is shown as online, until somebody says more.
        asked.AsTask().PipeTo(
            Self,
            success: status => new StatusSeen(user, status ?? UserStatus.Unset),
            failure: _ => new StatusSeen(user, UserStatus.Unset));
    }

    private void OnDue()
    {
        _scheduled = DateTimeOffset.MaxValue;
        _local.Advance(Now(), _changed);
        Settle();
    }

    // Ends every handler: what changed goes to the view at once and to the others with the next batch.
    private void Settle()
    {
        if (_changed.Count > 0)
        {
            _view.Tell(new Said([.. _changed.Distinct().Select(name => _local.FactOf(_node, name))]));
            foreach (var name in _changed)
                ToWrite(name);
            _changed.Clear();
        }

        QuikAppMetrics.PresenceUsers(_local.Online - _counted);
        _counted = _local.Online;
        Schedule();
    }

    private void TellAll() => _view.Tell(new Said([.. _local.Facts(_node)]));

    private void FlushSoon()
    {
        if (!_unwritten.IsEmpty && !Timers.IsTimerActive(nameof(Flush)))
            Timers.StartSingleTimer(nameof(Flush), Flush.Instance, _services.Options.WriteInterval);
    }

    // A timer that came before its time by a part of a millisecond would be set again and again.
    private void Schedule()
    {
        if (_local.NextDue is not { } due || due >= _scheduled)
            return;
        _scheduled = due;
        var left = due - Now();
        Timers.StartSingleTimer(nameof(Due), Due.Instance, TimeSpan.FromTicks(Math.Max(0, left.Ticks)) + TimeSpan.FromMilliseconds(1));
    }

    private DateTimeOffset Now() => _services.Time.GetUtcNow();

    private sealed class Due : INoSerializationVerificationNeeded
    {
        public static readonly Due Instance = new();
    }

    private sealed class Flush : INoSerializationVerificationNeeded
    {
        public static readonly Flush Instance = new();
    }

    private sealed class Sweep : INoSerializationVerificationNeeded
    {
        public static readonly Sweep Instance = new();
    }
}
