using System.Diagnostics;

namespace QuikApp.Bench.Load;

/// <summary>All sockets of a load client, read and written by one thread, so that nothing here needs a lock.</summary>
internal sealed class Crowd : IDisposable
{
    // One buffer for all sockets: what a read brings is handed on before the next read.
    private const int ScratchBytes = 1024 * 1024;
    private const int Openers = 4;

    private readonly Epoll _epoll = new();
    private readonly LoadSocket[] _sockets;
    private readonly byte[] _scratch = new byte[ScratchBytes];
    private readonly byte[] _outgoing = new byte[64 * 1024];
    private readonly byte[] _text;
    private readonly int[] _ready = new int[512];
    private readonly IDialect _dialect;
    private readonly int _membersPerChannel;

    private Crowd(LoadPlan plan, IDialect dialect, LoadSocket[] sockets)
    {
        (_dialect, _sockets, _membersPerChannel) = (dialect, sockets, plan.MembersPerChannel);
        _text = new byte[Math.Max(MessageStamp.Length, plan.TextBytes)];
    }

    /// <summary>How many sockets there are.</summary>
    public int Count => _sockets.Length;

    /// <summary>The sockets, by channel.</summary>
    public IReadOnlyList<LoadSocket> Sockets => _sockets;

    /// <summary>Connects and joins every socket of the plan. Blocks.</summary>
    /// <exception cref="IOException">A socket was refused.</exception>
    public static Crowd Open(LoadPlan plan, IDialect dialect)
    {
        var sockets = new LoadSocket[plan.Channels.Count * plan.MembersPerChannel];
        try
        {
            Parallel.For(
                0,
                sockets.Length,
                new ParallelOptions { MaxDegreeOfParallelism = Openers },
                static () => new byte[64 * 1024],
                (index, _, scratch) =>
                {
                    var channel = index / plan.MembersPerChannel;
                    sockets[index] = LoadSocket.Connect(plan.Url, dialect, index, channel, plan.Channels[channel]);
                    sockets[index].Join(scratch);
                    return scratch;
                },
                static _ => { });
        }
        catch (AggregateException failures)
        {
            foreach (var socket in sockets)
                socket?.Dispose();
            throw new IOException(failures.InnerExceptions[0].Message, failures);
        }

        var crowd = new Crowd(plan, dialect, sockets);
        foreach (var socket in sockets)
            socket.WatchBy(crowd._epoll);
        return crowd;
    }

    /// <summary>Waits for readable sockets and hands on what they bring.</summary>
    public void Pump(TimeSpan timeout, IMessageSink sink)
    {
        var count = _epoll.Wait(timeout, _ready);
        for (var i = 0; i < count; i++)
            _sockets[_ready[i]].Receive(_scratch, sink);
    }

    /// <summary>Pumps until the condition holds or the time is over; tells whether it holds.</summary>
    public bool PumpUntil(Func<bool> condition, TimeSpan limit, IMessageSink sink)
    {
        var start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(start) >= limit)
                return false;
            Pump(TimeSpan.FromMilliseconds(10), sink);
        }

        return true;
    }

    /// <summary>The first member of a channel sends a message.</summary>
    /// <param name="channelIndex">The channel.</param>
    /// <param name="number">The message's number in it.</param>
    /// <param name="due">When it was to be sent, in <see cref="Stopwatch"/> ticks.</param>
    public void Send(int channelIndex, int number, long due)
    {
        var sender = _sockets[channelIndex * _membersPerChannel];
        MessageStamp.Write(_text, number, due);
        var length = _dialect.WriteSend(_outgoing.AsSpan(ClientFrame.HeaderRoom), sender.Channel, number, _text);
        sender.SendPrepared(_outgoing, length, Opcode.Text);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var socket in _sockets)
            socket.Dispose();
        _epoll.Dispose();
    }
}
