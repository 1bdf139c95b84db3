using System.Collections.Concurrent;

namespace QuikApp.Host.Sockets;

/// <summary>The sockets of this node.</summary>
internal sealed class LiveSockets
{
    private readonly ConcurrentDictionary<SocketConnection, bool> _connections = new();

    /// <summary>How many are known; one that ended counts until the next sweep.</summary>
    public int Count => _connections.Count;

    /// <summary>All of them, without a lock: one that comes or goes meanwhile may be missed or seen.</summary>
    public IEnumerable<SocketConnection> All => _connections.Select(entry => entry.Key);

    /// <summary>Takes a connection under the sweeper's eye. It is forgotten when it has ended.</summary>
    public void Track(SocketConnection connection) => _connections.TryAdd(connection, true);

    /// <summary>Forgets a connection.</summary>
    public void Forget(SocketConnection connection) => _connections.TryRemove(connection, out _);
}
