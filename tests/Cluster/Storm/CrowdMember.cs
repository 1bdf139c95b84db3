using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using QuikApp.Cluster.Topology;
using QuikApp.Cluster.Workload;

namespace QuikApp.Cluster.Storm;

/// <summary>One user with one socket in one channel, who only reads, and comes back as a stock client does.</summary>
internal sealed class CrowdMember(int number, string token, string topic, IReadOnlyList<ServerNode> nodes, Action<string> onViolation)
{
    private static readonly TimeSpan JoinLimit = TimeSpan.FromSeconds(10);
    private static readonly byte[] Heartbeat = """[null,"hb","phoenix","heartbeat",{}]"""u8.ToArray();

    private readonly Random _random = new(number);
    private LeanSocket? _socket;
    private string? _joinRef;
    private long _joinSentAt;
    private int _refs;
    private int _joins;

    /// <summary>Its topic.</summary>
    public string Topic => topic;

    /// <summary>The last number that it has; null until it has joined once.</summary>
    public long? Last { get; private set; }

    /// <summary>Whether it hears the topic, with nothing left to be replayed.</summary>
    public bool IsLive { get; private set; }

    /// <summary>The node of its connection, or of the last one it had.</summary>
    public ServerNode? Node { get; private set; }

    /// <summary>When it was last live anew.</summary>
    public long LiveSince { get; private set; }

    /// <summary>Connections that could not be opened.</summary>
    public int FailedConnections { get; private set; }

    /// <summary>Joins that were refused or not answered.</summary>
    public int FailedJoins { get; private set; }

    /// <summary>Resumes that were answered with <c>complete</c> and brought to their end.</summary>
    public int Resumes { get; private set; }

    /// <summary>Events that came in replays: what it would have missed.</summary>
    public int Replayed { get; private set; }

    /// <summary>Connects, joins and reads, again and again until it is stopped.</summary>
    public async Task RunAsync(ServerNode first, CancellationToken stopping)
    {
        var tries = 0;
        for (var node = first; !stopping.IsCancellationRequested; node = nodes[_random.Next(nodes.Count)])
        {
            try
            {
                using var socket = await LeanSocket.ConnectAsync(node.Url, token);
                using var stop = stopping.UnsafeRegister(static socket => ((LeanSocket)socket!).Abort(), socket);
                (_socket, Node, tries, _joins) = (socket, node, 0, 0);
                await JoinAsync(socket);
                while (true)
                    await TakeAsync(socket, await socket.ReceiveAsync());
            }
            catch (ConnectionGoneException)
            {
                FailedConnections += _socket is null ? 1 : 0;
            }

            (_socket, _joinRef, IsLive) = (null, null, false);
            await Task.Delay(Backoff.BeforeConnection(++tries, _random), stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Says that it is there, and gives a join up that nobody answers.</summary>
    public async Task BeatAsync()
    {
        if (_socket is not { } socket)
            return;
        if (_joinSentAt != 0 && Stopwatch.GetElapsedTime(_joinSentAt) > JoinLimit)
        {
            FailedJoins++;
            socket.Abort();
            return;
        }

        try
        {
            await socket.SendAsync(Heartbeat);
        }
        catch (ConnectionGoneException)
        {
            // Whoever reads finds out.
        }
    }

    private async Task JoinAsync(LeanSocket socket)
    {
        _joinRef = (++_refs).ToString(CultureInfo.InvariantCulture);
        _joinSentAt = Stopwatch.GetTimestamp();
        object payload = Last is { } since ? new { since } : new { };
        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new[] { _joinRef, _joinRef, topic, "phx_join", payload }));
    }

    private async Task TakeAsync(LeanSocket socket, Frame frame)
    {
        if (frame.Topic != topic)
            return;
        switch (frame.Event)
        {
            case "phx_reply" when frame.Ref == _joinRef:
                _joinSentAt = 0;
                if (!TakeJoin(Reply.Of(frame.Payload)))
                    await RejoinAsync(socket);
                break;
            case "phx_error" or "phx_close" when frame.JoinRef == _joinRef:
                await RejoinAsync(socket);
                break;
            case "replay:done":
                BecomeLive();
                Resumes++;
                if (frame.Payload.GetProperty("head").GetInt64() is var head && head != Last)
                    onViolation($"{topic}, {number}: the replay to {head} ended at {Last}");
                break;
            case "replay:gap":
                onViolation($"{topic}, {number}: a gap, {frame.Payload}");
                break;
            default:
                TakeNumbered(frame);
                break;
        }
    }

    private async Task RejoinAsync(LeanSocket socket)
    {
        FailedJoins++;
        IsLive = false;
        _joinRef = null;
        await Task.Delay(Backoff.BeforeJoin(++_joins, _random));
        await JoinAsync(socket);
    }

    private bool TakeJoin(Reply reply)
    {
        if (!reply.IsOk)
            return false;
        _joins = 0;
        if (Last is null)
        {
            Last = reply.Number("head");
            BecomeLive();
        }
        else if (reply.Response.GetProperty("replay").GetProperty("status").GetString() is var status && status != "complete")
        {
            onViolation($"{topic}, {number}: resumed from {Last}, and told {status}");
        }

        return true;
    }

    private void TakeNumbered(Frame frame)
    {
        if (_joinRef is null || !frame.Payload.TryGetProperty("seq", out var value))
            return;
        var seq = value.GetInt64();
        if (seq != Last + 1)
            onViolation($"{topic}, {number}: {seq} after {Last}");
        Last = seq;
        Replayed += IsLive ? 0 : 1;
    }

    private void BecomeLive()
    {
        LiveSince = Stopwatch.GetTimestamp();
        IsLive = true;
    }
}
