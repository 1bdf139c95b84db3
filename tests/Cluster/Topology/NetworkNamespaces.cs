using System.Globalization;
using System.Net;

namespace QuikApp.Cluster.Topology;

/// <summary>
/// Machines of our own: a network namespace each, on a bridge that has an address in the machine's own namespace, so that
/// clients in this process reach them. Names are unique to the run, and all of it goes with this object.
/// </summary>
internal sealed class NetworkNamespaces : IAsyncDisposable
{
    private const string Table = "quikapp";
    private const int FirstHost = 10;

    private readonly string _id = Guid.NewGuid().ToString("N")[..6];
    private readonly string _network;
    private readonly List<string> _names = [];

    private NetworkNamespaces(int second, int third) => _network = $"10.{second}.{third}";

    /// <summary>What the machine must have.</summary>
    public static IReadOnlyList<string> Tools { get; } = ["ip", "nft", "ss", "nsenter"];

    /// <summary>This process's address among them.</summary>
    public IPAddress Clients => IPAddress.Parse($"{_network}.1");

    private string Bridge => $"qb{_id}";

    /// <summary>Makes the bridge and a namespace for each name.</summary>
    public static async Task<NetworkNamespaces> CreateAsync(params IReadOnlyList<string> names)
    {
        Tool.RequireRootAnd(Tools);
        // One of 16,000 networks that nobody routes: a clash with another run on this machine would be refused by the kernel.
        var network = new NetworkNamespaces(Random.Shared.Next(192, 255), Random.Shared.Next(1, 255));
        try
        {
            await Ip("link", "add", network.Bridge, "type", "bridge");
            await Ip("addr", "add", $"{network.Clients}/24", "dev", network.Bridge);
            await Ip("link", "set", network.Bridge, "up");
            foreach (var name in names)
                await network.AddAsync(name);
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>The namespace's name for <c>ip netns exec</c>.</summary>
    public string NamespaceOf(string name) => $"qk{_id}{name}";

    /// <summary>
    /// A command that becomes another one in a namespace, so that the process number is that one's. Not <c>ip netns exec</c>,
    /// which takes a copy of all mounts along: a volume would stay mounted for as long as the program runs.
    /// </summary>
    public static IReadOnlyList<string> Into(string space) => [Tool.Find("nsenter")!, $"--net=/run/netns/{space}"];

    /// <summary>The address of a machine.</summary>
    public IPAddress AddressOf(string name) =>
        IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"{_network}.{FirstHost + _names.IndexOf(name)}"));

    /// <summary>Runs a program in a machine's network.</summary>
    public Task<string> ExecAsync(string name, params IReadOnlyList<string> command) =>
        Tool.RunAsync("ip", ["netns", "exec", NamespaceOf(name), .. command]);

    /// <summary>The numbers of the processes in a machine's network, but for one.</summary>
    public async Task<IReadOnlyList<int>> ProgramsAsync(string name, int butNot)
    {
        var programs = await Tool.RunAsync("ip", "netns", "pids", NamespaceOf(name));
        return [.. programs.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(number => int.Parse(number, CultureInfo.InvariantCulture)).Where(number => number != butNot)];
    }

    /// <summary>Drops everything between two machines, both ways. No connection is told.</summary>
    public async Task CutAsync(string a, string b)
    {
        await DropFromAsync(a, b);
        await DropFromAsync(b, a);
    }

    /// <summary>Drops what a machine gets from another; what it sends still arrives.</summary>
    public Task DropFromAsync(string at, string from) => RuleAsync(at, $"in ip saddr {AddressOf(from)} drop");

    /// <summary>Drops everything between a machine and one port of another, both ways: a node and its database.</summary>
    public async Task CutPortAsync(string at, string other, int port)
    {
        await RuleAsync(at, $"in ip saddr {AddressOf(other)} tcp sport {port} drop");
        await RuleAsync(at, $"out ip daddr {AddressOf(other)} tcp dport {port} drop");
    }

    /// <summary>Drops everything between a machine and the clients of this process.</summary>
    public async Task CutClientsAsync(string at)
    {
        await RuleAsync(at, $"in ip saddr {Clients} drop");
        await RuleAsync(at, $"out ip daddr {Clients} drop");
    }

    /// <summary>Drops everything between a machine and one connection of a client: half-open, and neither side is told.</summary>
    public async Task CutClientAsync(string at, int clientPort)
    {
        await RuleAsync(at, $"in ip saddr {Clients} tcp sport {clientPort} drop");
        await RuleAsync(at, $"out ip daddr {Clients} tcp dport {clientPort} drop");
    }

    /// <summary>Resets every connection that a machine has on a port of its own.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> ResetAsync(string at, int port)
    {
        var killed = await ExecAsync(at, "ss", "-K", "-H", "-t", "state", "established", $"( sport = :{port} )");
        return killed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
    }

    /// <summary>Takes all rules away.</summary>
    public async Task HealAsync()
    {
        foreach (var name in _names)
            await ExecAsync(name, "nft", "flush", "table", "inet", Table);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var name in _names)
            await Tool.TryAsync("ip", ["netns", "del", NamespaceOf(name)]);
        await Tool.TryAsync("ip", ["link", "del", Bridge]);
    }

    private static Task<string> Ip(params string[] arguments) => Tool.RunAsync("ip", arguments);

    private Task<string> RuleAsync(string at, string rule) => ExecAsync(at, ["nft", "add", "rule", "inet", Table, .. rule.Split(' ')]);

    private async Task AddAsync(string name)
    {
        _names.Add(name);
        var space = NamespaceOf(name);
        var outside = $"qv{_id}{_names.Count}";
        await Ip("netns", "add", space);
        await Ip("link", "add", outside, "type", "veth", "peer", "name", "eth0", "netns", space);
        await Ip("link", "set", outside, "master", Bridge);
        await Ip("link", "set", outside, "up");
        await ExecAsync(name, "ip", "addr", "add", $"{AddressOf(name)}/24", "dev", "eth0");
        await ExecAsync(name, "ip", "link", "set", "eth0", "up");
        await ExecAsync(name, "ip", "link", "set", "lo", "up");
        await ExecAsync(name, "nft", "add", "table", "inet", Table);
        await ExecAsync(name, "nft", "add", "chain", "inet", Table, "in", "{ type filter hook input priority 0 ; }");
        await ExecAsync(name, "nft", "add", "chain", "inet", Table, "out", "{ type filter hook output priority 0 ; }");
    }
}
