using QuikApp.Bench.Peers.Floor;
using QuikApp.Bench.Peers.Product;
using QuikApp.Bench.Peers.SignalR;

namespace QuikApp.Bench.Peers;

/// <summary>The servers that can be measured.</summary>
internal static class PeerCatalogue
{
    /// <summary>All of them, the one that the others are compared with first.</summary>
    public static IReadOnlyList<IPeer> All { get; } = [new SignalRPeer(), new WebSocketPeer(), new QuikAppPeer()];

    /// <summary>The one that the others are compared with.</summary>
    public static IPeer Reference => All[0];

    /// <summary>Finds a peer by its name.</summary>
    /// <exception cref="OptionException">There is none.</exception>
    public static IPeer Find(string name) =>
        All.FirstOrDefault(peer => peer.Name == name)
        ?? throw new OptionException($"no peer '{name}'; there are {string.Join(", ", All.Select(peer => peer.Name))}");
}
