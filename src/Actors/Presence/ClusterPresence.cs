using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Presence;
using static QuikApp.Actors.Presence.PresenceFact;

namespace QuikApp.Actors.Presence;

/// <summary>
/// Who is online, folded from what every node says: a function of the facts and the times it was given, with no clock and no
/// I/O of its own. A user's devices are those of all nodes that count; of several statuses the greatest version holds.
/// </summary>
/// <param name="grace">How long the users of a node that stopped in good order may take to come back elsewhere.</param>
internal sealed partial class ClusterPresence(TimeSpan grace)
{
    private readonly Dictionary<NodeId, NodeRecord> _nodes = [];
    private readonly Queue<(DateTimeOffset Due, EntryPut Lingering)> _lingering = new();
    private readonly Queue<(DateTimeOffset Due, StatusPut Fading)> _fading = new();
    private readonly PriorityQueue<UserId, DateTimeOffset> _expiries = new();
    private DateTimeOffset _now = DateTimeOffset.MinValue;

    /// <summary>When <see cref="Advance"/> has something to do, if nothing else happens.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            DateTimeOffset? linger = _lingering.TryPeek(out var head) ? head.Due : null;
            DateTimeOffset? fade = _fading.TryPeek(out var status) ? status.Due : null;
            DateTimeOffset? expiry = _expiries.TryPeek(out _, out var at) ? at : null;
            return new[] { linger, fade, expiry }.Min();
        }
    }

    /// <summary>Takes in a fact.</summary>
    /// <param name="fact">What happened.</param>
    /// <param name="now">When it is seen; never earlier than before.</param>
    /// <param name="changes">Gets what changed by it, and by the time that has passed.</param>
    public void Apply(PresenceFact fact, DateTimeOffset now, ICollection<PresenceChange> changes)
    {
        Advance(now, changes);
        switch (fact)
        {
            case EntryPut m:
                Change([(m.Workspace, m.User)], LastSeen(m.Entry, now), changes, () => RecordOf(m.Node).Put(m.Workspace, m.User, m.Entry));
                break;
            case EntryGone m when _nodes.TryGetValue(m.Node, out var record):
                EndEntry(m.Node, record, m.Workspace, m.User, now);
                break;
            case StatusPut m:
                PutStatus(m, now, changes);
                break;
            case StatusGone m when _nodes.TryGetValue(m.Node, out var record):
                EndStatus(m.Node, record, m.User, now);
                break;
            case NodeShown m:
                RecordOf(m.Node).HasLeft = false;
                Show(m.Node, isShown: true, now, changes);
                break;
            case NodeHidden m:
                Show(m.Node, isShown: false, now, changes);
                break;
            case NodeLeft m when _nodes.TryGetValue(m.Node, out var record):
                record.HasLeft = true;
                foreach (var (workspace, user) in record.Keys().ToList())
                    EndEntry(m.Node, record, workspace, user, now);
                foreach (var user in record.Statuses.Keys)
                    EndStatus(m.Node, record, user, now);
                DropIfDone(m.Node, now, changes);
                break;
            case NodeDropped m:
                Drop(m.Node, now, changes);
                break;
        }
    }

    /// <summary>Lets time pass: statuses end, and graces.</summary>
    public void Advance(DateTimeOffset now, ICollection<PresenceChange> changes)
    {
        if (now <= _now)
            return;

        var expired = new HashSet<UserId>();
        while (_expiries.TryPeek(out var user, out var at) && at <= now)
        {
            _expiries.Dequeue();
            expired.Add(user);
        }

        Change([.. expired.SelectMany(Presences)], now, changes, () => _now = now);

        while (_lingering.TryPeek(out var next) && next.Due <= now)
        {
            _lingering.Dequeue();
            EndLinger(next.Lingering, now, changes);
        }

        while (_fading.TryPeek(out var next) && next.Due <= now)
        {
            _fading.Dequeue();
            EndFade(next.Fading, now, changes);
        }
    }

    /// <summary>What is known of a user in a workspace; an invisible one is there.</summary>
    public UserPresence? Of(WorkspaceId workspace, UserId user)
    {
        var (devices, since) = (Devices.None, long.MaxValue);
        foreach (var record in _nodes.Values)
        {
            if (!record.IsShown || record.Entry(workspace, user) is not { Devices.IsEmpty: false } entry)
                continue;
            devices = devices.Union(entry.Devices);
            since = Math.Min(since, entry.SinceMs);
        }

        if (devices.IsEmpty)
            return null;
        var status = Effective(user);
        return new UserPresence(user, status.Status, status.Text, devices, DateTimeOffset.FromUnixTimeMilliseconds(since));
    }

    /// <summary>Everybody online in a workspace, each once, the invisible ones too.</summary>
    public IEnumerable<UserPresence> In(WorkspaceId workspace) =>
        _nodes.Values
            .Where(record => record.IsShown && record.Workspaces.ContainsKey(workspace))
            .SelectMany(record => record.Workspaces[workspace].Keys)
            .Distinct()
            .Select(user => Of(workspace, user))
            .OfType<UserPresence>();

    /// <summary>The status of a user with the greatest version that any node knows; it may have ended.</summary>
    public UserStatus StatusOf(UserId user)
    {
        var newest = UserStatus.Unset;
        foreach (var record in _nodes.Values)
        {
            if (record.Statuses.TryGetValue(user, out var status) && status.Version > newest.Version)
                newest = status;
        }

        return newest;
    }

    private UserStatus Effective(UserId user) => StatusOf(user) is { } status && !(status.ExpiresAt <= _now) ? status : UserStatus.Unset;

    private void Change(
        IReadOnlyCollection<(WorkspaceId Workspace, UserId User)> touched, DateTimeOffset lastSeen, ICollection<PresenceChange> changes, Action change)
    {
        var before = touched.Select(key => Of(key.Workspace, key.User)).ToList();
        change();
        foreach (var (i, (workspace, user)) in touched.Index())
        {
            var step = new PresenceChange(workspace, user, before[i], Of(workspace, user), lastSeen);
            if (step.IsVisible)
                changes.Add(step);
        }
    }

    private NodeRecord RecordOf(NodeId node)
    {
        if (!_nodes.TryGetValue(node, out var record))
            _nodes.Add(node, record = new NodeRecord());
        return record;
    }

    private List<(WorkspaceId Workspace, UserId User)> Presences(UserId user) =>
        [.. _nodes.Values.SelectMany(record => record.Workspaces.Where(w => w.Value.ContainsKey(user)).Select(w => (w.Key, user))).Distinct()];

    private static DateTimeOffset LastSeen(NodeEntry entry, DateTimeOffset now) =>
        entry.LastSeenMs > 0 ? DateTimeOffset.FromUnixTimeMilliseconds(entry.LastSeenMs) : now;
}
