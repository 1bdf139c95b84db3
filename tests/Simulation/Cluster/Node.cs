using QuikApp.Actors.Presence;
using QuikApp.Protocol.Identity;
using QuikApp.Simulation.Clients;

namespace QuikApp.Simulation.Cluster;

/// <summary>A server process: what runs on it ends with its life, and stands still while it is paused.</summary>
internal sealed class Node
{
    private readonly World _world;
    private long _pausedUntil;

    public Node(World world, string name)
    {
        _world = world;
        Name = name;
        Presence = new NodePresence(world, this);
    }

    public string Name { get; }

    public int Life { get; private set; } = 1;

    public bool IsUp { get; private set; } = true;

    /// <summary>It was killed and does not come back.</summary>
    public bool IsGone { get; set; }

    public NodeId Id => new(Name, Life);

    public Dictionary<StreamId, Owner> Owners { get; } = [];

    public Dictionary<StreamId, Hub> Hubs { get; } = [];

    public List<Connection> Connections { get; } = [];

    public NodePresence Presence { get; private set; }

    /// <summary>Runs something here later, unless this life has ended by then.</summary>
    public void After(long delay, Action what)
    {
        var life = Life;
        _world.Scheduler.After(delay, () => Run(life, what));
    }

    /// <summary>The process stands still, and does not know it afterwards.</summary>
    public void Pause(long time) => _pausedUntil = _world.Scheduler.Now + time;

    /// <summary>The process is killed: nothing of it is left but what the journal has.</summary>
    public void Crash()
    {
        IsUp = false;
        Owners.Clear();
        Hubs.Clear();
        // Those too that it has not seen yet.
        foreach (var client in _world.Clients)
        {
            if (client.Connection is { } connection && connection.Node == this)
                client.Lose(connection);
        }

        Connections.Clear();
    }

    public void Restart()
    {
        (IsUp, Life, _pausedUntil) = (true, Life + 1, 0);
        Presence = new NodePresence(_world, this);
    }

    public Hub HubOf(Topic topic)
    {
        var stream = StreamId.Of(topic)!.Value;
        if (!Hubs.TryGetValue(stream, out var hub))
            Hubs.Add(stream, hub = new Hub(_world, this, topic, stream));
        return hub;
    }

    public override string ToString() => $"{Name}.{Life}";

    private void Run(int life, Action what)
    {
        if (!IsUp || life != Life)
            return;
        if (_pausedUntil > _world.Scheduler.Now)
            _world.Scheduler.After(_pausedUntil - _world.Scheduler.Now, () => Run(life, what));
        else
            what();
    }
}
