using System.Collections.Frozen;
using System.Collections.Immutable;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Presence;
using QuikApp.Actors.Workspaces;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using QuikApp.Protocol.Presence;
using QuikApp.Simulation.Clients;
using QuikApp.Simulation.Cluster;
using QuikApp.Simulation.Scheduling;
using QuikApp.Simulation.Storage;

namespace QuikApp.Simulation;

/// <summary>Three nodes, a journal and some clients, all of one seed: what happens is a function of it and of nothing else.</summary>
internal sealed class World
{
    private const long Epoch = 1_790_000_000_000_000;

    private static readonly WorkspaceId Demo = WorkspaceId.Parse("demo");
    private static readonly string[] Users = ["alice", "bob", "carol"];

    private readonly Dictionary<StreamId, Node> _placement = [];
    private readonly Dictionary<StreamId, (Node Old, long Until)> _moved = [];
    private int _messages;

    public World(ulong seed, Break @break = Break.None, Action<string>? trace = null)
    {
        Break = @break;
        Random = new Pcg(seed);
        if (trace is not null)
            Trace = line => trace($"{Scheduler.Now / 1e6,10:0.000000} {line}");
        Network = new Network(this);
        Journal = new Journal(this);
        (MaxBatch, SnapshotEvery) = (1 + Random.Below(4), 2 + Random.Below(6));
        Nodes = [.. new[] { "n1", "n2", "n3" }.Select(name => new Node(this, name))];
        Roster = WorkspaceState.Empty(StreamId.Of(Demo)) with
        {
            Info = new WorkspaceInfo(Demo, "Demo"),
            Members = Users.ToImmutableDictionary(UserId.Parse, _ => Role.Member),
        };
        Clients =
        [
            Client("alice", Device.Web), Client("alice", Device.Mobile), Client("bob", Device.Web), Client("carol", Device.Desktop),
        ];
        Journal.Seed(new NumberedEvent(
            Channel, 1, Epoch, Requester.Server.User, new ConversationEvent.ChannelCreated(ChannelId.Parse("general"), Demo, "General", ChannelVisibility.Public)));
        foreach (var (a, b) in Pairs())
            a.Presence.On(new PresenceFact.NodeShown(b.Id));
    }

    public Break Break { get; }

    public Scheduler Scheduler { get; } = new();

    public Pcg Random { get; }

    public Network Network { get; }

    public Journal Journal { get; }

    public IReadOnlyList<Node> Nodes { get; }

    public IReadOnlyList<Client> Clients { get; }

    public List<Sending> Sendings { get; } = [];

    /// <summary>The workspace, which nobody changes.</summary>
    public WorkspaceState Roster { get; }

    public StreamId Channel { get; } = StreamId.Of(ChannelId.Parse("general"));

    /// <summary>What payloads of threads name.</summary>
    public static TopicContext Context { get; } = new(ChannelId.Parse("general"));

    public byte[] IndexKey { get; } = new byte[32];

    public int MaxBatch { get; }

    public int SnapshotEvery { get; }

    /// <summary>Where the trace goes; null: nowhere, and nothing is formatted.</summary>
    public Action<string>? Trace { get; }

    /// <summary>The clock as the journal counts.</summary>
    public long Now => Epoch + Scheduler.Now;

    /// <summary>Whether a client has that socket.</summary>
    public bool IsLive(string session) => Clients.Any(client => client.Connection?.Requester.Session == session);

    public MessageId NewMessageId() => MessageId.Parse($"m{++_messages}");

    /// <summary>Tells a conversation something, by way of the shard region: it goes where the sender thinks that the conversation is.</summary>
    public void ToOwner(Node from, StreamId stream, Action<Owner> what)
    {
        var target = _moved.TryGetValue(stream, out var moved) && moved.Until > Scheduler.Now && Random.Chance(500) ? moved.Old : PlaceOf(stream);
        Network.Send(from, target, () => Arrive(target, stream, what, hops: 0));
    }

    /// <summary>The end of something that is watched: it is told until it is heard.</summary>
    public void Watched(Node from, Node to, Action what) => from.After(1_000, () =>
    {
        if (!to.IsUp)
            return;
        if (Network.IsCut(from, to))
            from.After(500_000, () => Watched(from, to, what));
        else
            to.After(Random.Between(1_000, 30_000), what);
    });

    /// <summary>The conversation is given to another node; where it was, nobody knows for a while.</summary>
    public void Move(StreamId stream)
    {
        var old = PlaceOf(stream);
        var place = Random.Of(Nodes);
        // A shard is not given back to a node before what it left there has stopped.
        if (place == old || !place.IsUp || place.Owners.ContainsKey(stream))
            return;
        Trace?.Invoke($"{stream} moves from {old} to {place}");
        _placement[stream] = place;
        _moved[stream] = (old, Scheduler.Now + Random.Between(0, 4_000_000));
        if (old.Owners.GetValueOrDefault(stream) is { } zombie)
            old.After(Random.Chance(300) ? 0 : Random.Between(100_000, 15_000_000), zombie.Stop);
    }

    /// <summary>A process is killed; the others notice after a while, and it comes back after another.</summary>
    public void Crash(Node node, long downFor)
    {
        if (!node.IsUp)
            return;
        Trace?.Invoke($"{node} is killed");
        var (id, owners, hubs) = (node.Id, node.Owners.Values.ToList(), node.Hubs.Values.ToList());
        node.Crash();
        var life = node.Life;
        Scheduler.After(Random.Between(500_000, 5_000_000), () => OnSeen(node, id, owners, hubs));
        Scheduler.After(downFor, () =>
        {
            if (!node.IsUp && !node.IsGone && node.Life == life)
                Start(node);
        });
    }

    public void Start(Node node)
    {
        node.Restart();
        Trace?.Invoke($"{node} starts");
        foreach (var other in Nodes.Where(other => other != node && other.IsUp))
        {
            node.Presence.On(new PresenceFact.NodeShown(other.Id));
            other.Presence.On(new PresenceFact.NodeShown(node.Id));
        }

        Sweep(node);
    }

    /// <summary>Every five seconds a node wakes the conversations that owe something and are nowhere.</summary>
    public void Sweep(Node node) => node.After(5_000_000, () =>
    {
        if (Journal.IsUp)
        {
            foreach (var stream in Journal.OwingSince(Now - 5_000_000))
                ToOwner(node, stream, _ => { });
        }

        Sweep(node);
    });

    public IEnumerable<(Node, Node)> Pairs() => Nodes.SelectMany(_ => Nodes, (a, b) => (a, b)).Where(pair => pair.a != pair.b);

    private void OnSeen(Node node, NodeId id, List<Owner> owners, List<Hub> hubs)
    {
        foreach (var stream in _placement.Where(place => place.Value == node && (!node.IsUp || node.Id != id)).Select(place => place.Key).ToList())
        {
            if (!node.Owners.ContainsKey(stream))
                _placement.Remove(stream);
        }

        foreach (var other in Nodes.Where(other => other != node))
        {
            foreach (var hub in other.Hubs.Values.ToList())
                owners.ForEach(owner => other.After(1, () => hub.OwnerGone(owner)));
            foreach (var owner in other.Owners.Values.ToList())
                hubs.ForEach(hub => other.After(1, () => owner.HubGone(hub)));
            other.After(1, () => other.Presence.On(new PresenceFact.NodeHidden(id)));
            other.After(Random.Between(500_000, 5_000_000), () => other.Presence.On(new PresenceFact.NodeDropped(id)));
        }

        if (node.IsUp)
        {
            foreach (var hub in node.Hubs.Values.ToList())
                owners.ForEach(owner => node.After(1, () => hub.OwnerGone(owner)));
            foreach (var owner in node.Owners.Values.ToList())
                hubs.ForEach(hub => node.After(1, () => owner.HubGone(hub)));
        }
    }

    private void Arrive(Node node, StreamId stream, Action<Owner> what, int hops)
    {
        if (!node.Owners.TryGetValue(stream, out var owner))
        {
            var place = PlaceOf(stream);
            if (place != node)
            {
                if (hops < 4)
                    Network.Send(node, place, () => Arrive(place, stream, what, hops + 1));
                return;
            }

            node.Owners.Add(stream, owner = new Owner(this, node, stream));
        }

        owner.Do(() => what(owner));
    }

    private Node PlaceOf(StreamId stream)
    {
        if (!_placement.TryGetValue(stream, out var node))
        {
            List<Node> free = [.. Nodes.Where(n => n.IsUp && !n.Owners.ContainsKey(stream))];
            // Nobody may take it now: what is sent meanwhile is lost.
            if (free.Count == 0)
                return Random.Of(Nodes);
            _placement.Add(stream, node = Random.Of(free));
        }

        return node;
    }

    private Client Client(string user, Device device) => new(
        this,
        $"{user}-{PresenceWords(device)}",
        new Requester(UserId.Parse(user), FrozenSet.Create(Demo), Role.Member) { Name = user, Device = device });

    private static char PresenceWords(Device device) => device switch { Device.Web => 'w', Device.Mobile => 'm', _ => 'd' };
}
