using System.Collections.Concurrent;
using System.Text.Json;
using QuikApp.Cluster.History;
using QuikApp.Cluster.Topology;

namespace QuikApp.Cluster.Workload;

/// <summary>One connection of a client, with the topics that are joined on it. It writes down all that comes.</summary>
internal sealed class Session : IDisposable
{
    private static readonly TimeSpan JoinLimit = TimeSpan.FromSeconds(8);

    private readonly string _user;
    private readonly HistoryFile _history;
    private readonly LastSeen _seen;
    private readonly ConcurrentDictionary<string, Joined> _joined = new();
    private PhoenixSocket? _socket;

    private Session(string user, ServerNode node, HistoryFile history, LastSeen seen)
    {
        _user = user;
        Node = node;
        _history = history;
        _seen = seen;
    }

    /// <summary>The node at the other end.</summary>
    public ServerNode Node { get; }

    /// <summary>The connection.</summary>
    public PhoenixSocket Socket => _socket!;

    /// <summary>Frames without a number, for who waits for one.</summary>
    public Action<Frame>? OnOther { get; init; }

    /// <summary>Connects.</summary>
    /// <exception cref="ConnectionGoneException">It could not.</exception>
    public static async Task<Session> ConnectAsync(
        string user, string token, ServerNode node, HistoryFile history, LastSeen seen, Action<Frame>? onOther = null)
    {
        var session = new Session(user, node, history, seen) { OnOther = onOther };
        session._socket = await PhoenixSocket.ConnectAsync(node.Url, token, session.Take);
        session._socket.Listen();
        return session;
    }

    /// <summary>Whether the topic is joined.</summary>
    public bool IsJoined(string topic) => _joined.ContainsKey(topic);

    /// <summary>Joins, from the last number that was handled if there is one.</summary>
    public async Task<Reply> JoinAsync(string topic, bool resume = true)
    {
        var since = resume ? _seen.Of(topic) : null;
        object payload = since is { } last ? new { since = last } : new { };
        return await Socket.PushAsync(topic, "phx_join", payload, JoinLimit, onReply: (reference, reply) =>
        {
            var line = Line(since is null ? Operation.Join : Operation.Resume) with { Room = topic, Seq = since };
            if (!reply.IsOk)
            {
                _history.Write(line with { Code = reply.Reason });
                return;
            }

            var joined = _joined[topic] = new Joined(reference, SubscriptionName.Next(_user));
            var head = reply.Number("head");
            if (since is null && head is { } now)
                _seen.Set(topic, now);
            _history.Write(line with { Sub = joined.Sub, Head = head });
        });
    }

    /// <summary>Leaves.</summary>
    public async Task LeaveAsync(string topic)
    {
        if (_joined.TryGetValue(topic, out var joined))
            await Socket.PushAsync(topic, "phx_leave", new { }, JoinLimit, joined.Ref, (_, _) => _joined.TryRemove(topic, out Joined? _));
    }

    /// <summary>Pushes to a joined topic.</summary>
    public Task<Reply> PushAsync(string topic, string @event, object payload, TimeSpan limit) =>
        Socket.PushAsync(topic, @event, payload, limit, _joined.GetValueOrDefault(topic)?.Ref);

    /// <summary>A line of this session.</summary>
    public HistoryLine Line(Operation operation) => new(MonotonicClock.Now, _user, Node.Name, operation);

    /// <inheritdoc/>
    public void Dispose() => _socket?.Dispose();

    private void Take(Frame frame)
    {
        if (frame.Event is "phx_close" or "phx_error")
        {
            if (_joined.TryGetValue(frame.Topic, out var ended) && frame.JoinRef == ended.Ref)
            {
                _joined.TryRemove(frame.Topic, out _);
                _history.Write(Line(Operation.Close) with { Room = frame.Topic, Sub = ended.Sub, Code = frame.Event });
            }

            return;
        }

        if (!_joined.TryGetValue(frame.Topic, out var joined))
            return;
        if (frame.Event == "replay:done")
            _history.Write(Line(Operation.Resume) with { Room = frame.Topic, Sub = joined.Sub, Code = "done", Head = Number(frame.Payload, "head") });
        else if (RoomEvent.Read(frame.Topic, frame.Event, frame.Payload) is { } entry)
            TakeNumbered(entry, joined);
        else
            OnOther?.Invoke(frame);
    }

    private void TakeNumbered(JournalEntry entry, Joined joined)
    {
        _history.Write(Line(Operation.Recv) with
        {
            Room = entry.Room,
            Sub = joined.Sub,
            Seq = entry.Seq,
            Cid = entry.Cid,
            H = entry.H,
            Kind = entry.Kind,
        });
        if (entry.Kind == EntryKind.Call)
            _history.Write(Line(Operation.Call) with { Room = entry.Room, Cid = entry.Cid, Seq = entry.Seq, Code = entry.Code });
        _seen.Set(entry.Room, entry.Seq);
    }

    private static long? Number(JsonElement payload, string name) => payload.TryGetProperty(name, out var value) ? value.GetInt64() : null;

    private sealed record Joined(string Ref, string Sub);
}
