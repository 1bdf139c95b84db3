using System.Collections.Immutable;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Presence;

namespace QuikApp.Simulation.Cluster;

/// <summary>
/// Presence on one node: what it says itself, and its picture of all. Between nodes travels what the replicator would carry:
/// a node's lines as a whole, the newest of which wins.
/// </summary>
internal sealed class NodePresence
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly World _world;
    private readonly Node _node;
    private readonly LocalPresences _local = new(Grace);
    private readonly List<PresenceName> _changed = [];
    private readonly List<PresenceChange> _changes = [];
    private readonly Dictionary<string, Lines> _known = [];
    private readonly HashSet<string> _members = [];

    public NodePresence(World world, Node node)
    {
        _world = world;
        _node = node;
        _known[node.Name] = new Lines(node.Life, 0, ImmutableDictionary<(int, PresenceName), PresenceFact>.Empty);
        Apply(new PresenceFact.NodeShown(node.Id));
        _node.After(_world.Random.Between(1, 1_000_000), Tick);
    }

    /// <summary>The node's picture.</summary>
    public ClusterPresence View { get; } = new(Grace);

    public void Opened(Requester requester)
    {
        foreach (var workspace in requester.Workspaces)
        {
            if (_local.Open(requester, workspace, requester.Device, Time, _changed))
                _local.Admit(requester.User, workspace, isAdmitted: true, Time, _changed);
        }

        Settle();
    }

    public void Closed(Requester requester)
    {
        foreach (var workspace in requester.Workspaces)
            _local.Close(requester.User, workspace, requester.Device, Time);
        Settle();
    }

    /// <summary>Another node is a member that can be reached, or cannot be reached, or is gone.</summary>
    public void On(PresenceFact fact)
    {
        if (fact is PresenceFact.NodeShown && _members.Add(fact.Node.Address))
            _known.Remove(fact.Node.Address);
        if (fact is PresenceFact.NodeHidden or PresenceFact.NodeDropped && _world.Break == Break.GhostsStay)
            return;
        Apply(fact);
    }

    private DateTimeOffset Time => DateTimeOffset.UnixEpoch.AddMicroseconds(_world.Now);

    private void Tick()
    {
        if (_local.NextDue <= Time)
            _local.Advance(Time, _changed);
        Settle();
        if (View.NextDue <= Time)
            View.Advance(Time, _changes);
        _changes.Clear();
        if (_world.Break != Break.PresenceSaidOnce)
            Gossip();
        _node.After(1_000_000, Tick);
    }

    private void Settle()
    {
        if (_changed.Count == 0)
            return;
        var lines = _known[_node.Name];
        var texts = lines.Texts;
        foreach (var name in _changed.Distinct())
        {
            var fact = _local.FactOf(_node.Id, name);
            Apply(fact);
            texts = fact is PresenceFact.EntryPut or PresenceFact.StatusPut
                ? texts.SetItem((_node.Life, name), fact)
                : texts.Remove((_node.Life, name));
        }

        _changed.Clear();
        _known[_node.Name] = lines with { Version = lines.Version + 1, Texts = texts };
        if (_world.Break == Break.PresenceSaidOnce)
            Gossip();
    }

    private void Gossip()
    {
        foreach (var other in _world.Nodes)
        {
            if (other == _node || !other.IsUp)
                continue;
            foreach (var (address, lines) in _known)
            {
                if (!other.Presence.Has(address, lines))
                    Tell(other, address, lines);
            }
        }
    }

    private void Tell(Node other, string address, Lines lines) => _world.Network.Send(_node, other, () => other.Presence.Hear(address, lines));

    private bool Has(string address, Lines lines) => _known.TryGetValue(address, out var there) && !lines.IsNewerThan(there);

    private void Hear(string address, Lines lines)
    {
        if (address == _node.Name || !_members.Contains(address) || Has(address, lines))
            return;
        var before = _known.TryGetValue(address, out var there) ? there.Texts : ImmutableDictionary<(int, PresenceName), PresenceFact>.Empty;
        _known[address] = lines;
        foreach (var (key, fact) in lines.Texts)
        {
            if (before.GetValueOrDefault(key) != fact)
                Apply(fact);
        }

        foreach (var ((life, name), _) in before.Where(line => !lines.Texts.ContainsKey(line.Key)))
        {
            Apply(name.Workspace is { } workspace
                ? new PresenceFact.EntryGone(new NodeId(address, life), workspace, name.User)
                : new PresenceFact.StatusGone(new NodeId(address, life), name.User));
        }
    }

    private void Apply(PresenceFact fact)
    {
        View.Apply(fact, Time, _changes);
        _changes.Clear();
    }

    /// <summary>A node's lines as of one write of one of its lives.</summary>
    private sealed record Lines(int Life, long Version, ImmutableDictionary<(int Life, PresenceName Name), PresenceFact> Texts)
    {
        public bool IsNewerThan(Lines other) => Life > other.Life || (Life == other.Life && Version > other.Version);
    }
}
