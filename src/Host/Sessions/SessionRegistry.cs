using System.Collections.Concurrent;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Host.Sessions;

/// <summary>The open sockets of this node by user: bounds them, and closes them when the node leaves.</summary>
/// <param name="socketsPerUser">Sockets a user may have; one more closes the oldest.</param>
internal sealed class SessionRegistry(int socketsPerUser)
{
    private const int SmallestBatch = 200;
    private const int Batches = 20;

    private readonly ConcurrentDictionary<UserId, List<ISessionSocket>> _byUser = new();
    private volatile bool _draining;

    /// <summary>Whether the node is leaving: no socket is taken any more.</summary>
    public bool IsDraining => _draining;

    /// <summary>Takes a socket; the user's oldest is closed with 4409 when there are too many.</summary>
    public void Add(UserId user, ISessionSocket socket)
    {
        ISessionSocket? oldest = null;
        while (true)
        {
            var sockets = _byUser.GetOrAdd(user, static _ => []);
            lock (sockets)
            {
                // An emptied list leaves the table under its own lock: whoever got hold of it before starts over.
                if (!_byUser.TryGetValue(user, out var current) || !ReferenceEquals(current, sockets))
                    continue;
                sockets.Add(socket);
                if (sockets.Count > socketsPerUser)
                {
                    oldest = sockets[0];
                    sockets.RemoveAt(0);
                }
            }

            break;
        }

        oldest?.Close(CloseCode.Replaced, "replaced by a newer socket");
        if (_draining)
            socket.Close(CloseCode.ServiceRestart, "the node is leaving");
    }

    /// <summary>Forgets a socket that ended.</summary>
    public void Remove(UserId user, ISessionSocket socket)
    {
        if (!_byUser.TryGetValue(user, out var sockets))
            return;
        lock (sockets)
        {
            sockets.Remove(socket);
            if (sockets.Count == 0)
                _byUser.TryRemove(new KeyValuePair<UserId, List<ISessionSocket>>(user, sockets));
        }
    }

    /// <summary>
    /// Tells every socket that the node is leaving (1012, which makes clients come back) and waits for them to end.
    /// </summary>
    /// <param name="patience">How long clients have to take what is queued and to close.</param>
    /// <param name="time">The clock.</param>
    public async Task Drain(TimeSpan patience, TimeProvider time)
    {
        _draining = true;
        var open = new List<ISessionSocket>();
        foreach (var sockets in _byUser.Values)
        {
            lock (sockets)
                open.AddRange(sockets);
        }

        using var timeout = new CancellationTokenSource(patience, time);
        try
        {
            // All of them at the door of the other nodes in one moment would be the next outage.
            foreach (var batch in open.Chunk(Math.Max(SmallestBatch, open.Count / Batches)))
            {
                foreach (var socket in batch)
                    socket.Close(CloseCode.ServiceRestart, "the node is leaving");
                if (open.Count > SmallestBatch)
                    await Task.Delay(patience / 2 / Batches, time, timeout.Token);
            }

            await Task.WhenAll(open.Select(s => s.Ended)).WaitAsync(timeout.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            // Whoever did not close in time is reset when the transport stops.
        }
    }
}
