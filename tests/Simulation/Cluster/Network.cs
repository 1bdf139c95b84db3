using QuikApp.Simulation.Scheduling;

namespace QuikApp.Simulation.Cluster;

/// <summary>What lies between nodes: it delays, loses, repeats and reorders, and may be cut. Inside a node everything arrives once, in order.</summary>
internal sealed class Network(World world)
{
    private readonly HashSet<(Node, Node)> _cut = [];
    private readonly Pcg _random = world.Random;

    /// <summary>Messages lost, in a thousand.</summary>
    public int Loss { get; set; }

    /// <summary>Messages that come twice, in a thousand.</summary>
    public int Repeats { get; set; }

    /// <summary>Messages that are very late, in a thousand.</summary>
    public int Late { get; set; }

    public void Cut(Node a, Node b)
    {
        _cut.Add((a, b));
        _cut.Add((b, a));
    }

    public void Join(Node a, Node b)
    {
        _cut.Remove((a, b));
        _cut.Remove((b, a));
    }

    public bool IsCut(Node a, Node b) => _cut.Contains((a, b));

    /// <summary>From here on it only delays.</summary>
    public void Heal()
    {
        _cut.Clear();
        (Loss, Repeats, Late) = (0, 0, 0);
    }

    public void Send(Node from, Node to, Action what)
    {
        if (from == to)
        {
            to.After(1, what);
            return;
        }

        if (IsCut(from, to) || _random.Chance(Loss))
            return;
        to.After(Delay(), what);
        if (_random.Chance(Repeats))
            to.After(Delay(), what);
    }

    private long Delay() => _random.Chance(Late) ? _random.Between(20_000, 2_000_000) : _random.Between(150, 4_000);
}
