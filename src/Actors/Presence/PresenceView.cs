using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using Akka.DistributedData;
using Akka.Event;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Presence;
using static QuikApp.Actors.Presence.PresenceMessages;
using AccessUnknownException = QuikApp.Actors.Access.AccessUnknownException;
using Bucket = Akka.DistributedData.LWWDictionary<string, string>;

namespace QuikApp.Actors.Presence;

/// <summary>
/// Owns this node's picture of who is online anywhere: folds what the nodes say and how the cluster stands into
/// <see cref="ClusterPresence"/> and tells the hubs what changed. Restarts empty: it is told and tells everything again.
/// </summary>
internal sealed partial class PresenceView : ReceiveActor, IWithTimers
{
    private readonly PresenceServices _services;
    private readonly ClusterPresence _presence;
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly IActorRef _replicator = DistributedData.Get(Context.System).Replicator;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly NodeId _self;
    private readonly Dictionary<WorkspaceId, HashSet<IActorRef>> _watchers = [];
    private readonly Dictionary<string, Bucket> _buckets = [];
    private readonly List<PresenceChange> _changes = [];
    private IActorRef _node = ActorRefs.Nobody;

    public PresenceView(PresenceServices services)
    {
        _services = services;
        _presence = new ClusterPresence(services.Options.LeaveGrace);
        _self = PresenceKeys.NodeOf(_cluster.SelfUniqueAddress);

        Receive<Said>(OnSaid);
        Receive<Changed>(OnChanged);
        Receive<Watch>(OnWatch);
        Receive<Terminated>(OnWatcherGone);
        Receive<Find>(OnFind);
        Receive<RequestAccess>(OnRequestAccess);
        Receive<Due>(_ => OnDue());
        Receive<ClusterEvent.IMemberEvent>(OnMember);
        Receive<ClusterEvent.UnreachableMember>(m => OnReach(m.Member, isReachable: false));
        Receive<ClusterEvent.ReachableMember>(m => OnReach(m.Member, isReachable: true));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Apply(new PresenceFact.NodeShown(_self));
        _cluster.Subscribe(
            Self,
            ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents,
            typeof(ClusterEvent.IMemberEvent),
            typeof(ClusterEvent.UnreachableMember),
            typeof(ClusterEvent.ReachableMember));
        Context.System.EventStream.Publish(new ViewStarted(Self));
    }

    protected override void PostStop()
    {
        _cluster.Unsubscribe(Self);
        foreach (var address in _addresses.Keys)
            Subscribe(address, isOn: false);
    }

    private void OnSaid(Said m)
    {
        _node = Sender;
        foreach (var fact in m.Facts)
            Apply(fact);
        Settle();
        foreach (var user in m.Facts.OfType<PresenceFact.EntryPut>().Select(fact => fact.User).Distinct())
            OfferStatus(user);
    }

    private void OnChanged(Changed m)
    {
        // A node that is no member any more has nothing to say; a notice of it may still be on its way.
        if (PresenceKeys.AddressOf(m.Key.Id) is not { } address || !_addresses.ContainsKey(address))
            return;

        var (before, after) = (_buckets.GetValueOrDefault(m.Key.Id, Bucket.Empty), (Bucket)m.Data);
        _buckets[m.Key.Id] = after;
        var statuses = new HashSet<UserId>();
        foreach (var (name, value) in Differences(before, after))
        {
            if (PresenceCodec.Read(address, name, value) is not { } fact)
                continue;
            Apply(fact);
            if (fact is PresenceFact.StatusPut { User: var user })
                statuses.Add(user);
        }

        Settle();
        foreach (var user in statuses)
            OfferStatus(user);
    }

    // The lines that are new or different, and those that are gone with null. Enumerated: Keys copies them all into a set.
    private static IEnumerable<KeyValuePair<string, string?>> Differences(Bucket before, Bucket after)
    {
        foreach (var (name, value) in after)
        {
            if (!before.TryGetValue(name, out var old) || old != value)
                yield return KeyValuePair.Create<string, string?>(name, value);
        }

        foreach (var (name, _) in before)
        {
            if (!after.ContainsKey(name))
                yield return KeyValuePair.Create<string, string?>(name, null);
        }
    }

    // Whoever has the user's sockets keeps the newest status too: it must not go with the node that was told it. One that is
    // here already, or is not newer, is nothing to the receiver.
    private void OfferStatus(UserId user)
    {
        if (_presence.StatusOf(user) is { Version: > 0 } status)
            _node.Tell(new StatusSeen(user, status));
    }

    private void OnWatch(Watch m)
    {
        if (!_watchers.TryGetValue(m.Workspace, out var watchers))
            _watchers.Add(m.Workspace, watchers = []);
        watchers.Add(Sender);
        Context.Watch(Sender);
        _presence.Advance(Now(), _changes);
        Settle();
        Sender.Tell(new Watched([.. _presence.In(m.Workspace)]));
    }

    private void OnWatcherGone(Terminated m)
    {
        foreach (var (workspace, watchers) in _watchers)
        {
            if (watchers.Remove(m.ActorRef) && watchers.Count == 0)
                _watchers.Remove(workspace);
        }
    }

    private void OnFind(Find m)
    {
        _presence.Advance(Now(), _changes);
        Settle();
        Sender.Tell(new Found(
        [
            .. _presence.In(m.Workspace)
                .Select(presence => presence.SeenBy(m.Viewer))
                .OfType<UserPresence>()
                .OrderBy(presence => presence.User.Value, StringComparer.Ordinal),
        ]));
    }

    private void OnRequestAccess(RequestAccess m)
    {
        var asked = _services.Access.Admits(m.Requester, m.Workspace);
        if (asked.IsCompletedSuccessfully)
        {
            Sender.Tell(new AccessAnswer(m.Correlation, asked.Result));
            return;
        }

        var log = _log;
        asked.AsTask().PipeTo(
            Sender,
            Self,
            success: isAdmitted => new AccessAnswer(m.Correlation, isAdmitted),
            failure: e =>
            {
                if (e is not AccessUnknownException { IsReported: true })
                    log.Warning(e, "Whether a user belongs to {Workspace} is not known; they are told to come again", m.Workspace);
                return new AccessAnswer(m.Correlation, null);
            });
    }

    private void OnDue()
    {
        _presence.Advance(Now(), _changes);
        Settle();
    }

    private void Apply(PresenceFact fact) => _presence.Apply(fact, Now(), _changes);

    // Ends every handler that changes something.
    private void Settle()
    {
        foreach (var workspace in PresenceChange.Net(_changes).GroupBy(change => change.Workspace))
        {
            if (!_watchers.TryGetValue(workspace.Key, out var watchers))
                continue;
            var changes = new Changes([.. workspace]);
            foreach (var watcher in watchers)
                watcher.Tell(changes);
        }

        _changes.Clear();
        if (_presence.NextDue is { } due)
            Timers.StartSingleTimer(nameof(Due), Due.Instance, Delay(due));
    }

    private TimeSpan Delay(DateTimeOffset due)
    {
        var left = (due - Now()).Ticks;
        // Akka's timers take no more than some weeks; one that comes too early is set again.
        return TimeSpan.FromTicks(Math.Clamp(left, 0, TimeSpan.TicksPerDay)) + TimeSpan.FromMilliseconds(1);
    }

    private DateTimeOffset Now() => _services.Time.GetUtcNow();

    private sealed class Due : INoSerializationVerificationNeeded
    {
        public static readonly Due Instance = new();
    }
}
