using System.Net;
using System.Net.Sockets;
using System.Text;

namespace QuikApp.Bench.Load;

/// <summary>
/// One member of a channel: a plain TCP socket that speaks just enough WebSocket. It owns no receive buffer; only the
/// beginning of a frame that has not fully arrived is kept.
/// </summary>
internal sealed class LoadSocket : IDisposable
{
    private const int TimeoutMilliseconds = 20_000;

    private readonly Socket _socket;
    private readonly IDialect _dialect;
    private byte[] _unread = [];
    private List<byte>? _fragments;
    private uint _mask;

    private LoadSocket(Socket socket, IDialect dialect, int index, int channelIndex, string channel)
    {
        (_socket, _dialect, Index, ChannelIndex, Channel) = (socket, dialect, index, channelIndex, channel);
        _mask = (uint)Random.Shared.Next();
    }

    /// <summary>The socket's place in its crowd.</summary>
    public int Index { get; }

    /// <summary>The place of its channel in the plan.</summary>
    public int ChannelIndex { get; }

    /// <summary>The name of its channel.</summary>
    public string Channel { get; }

    /// <summary>The number of the message that must come next.</summary>
    public int NextNumber { get; set; }

    /// <summary>Connects and upgrades, and returns when the server has switched protocols. Blocks.</summary>
    /// <exception cref="IOException">The server refused the upgrade or said nothing for 20 s.</exception>
    public static LoadSocket Connect(Uri server, IDialect dialect, int index, int channelIndex, string channel)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveTimeout = TimeoutMilliseconds,
            SendTimeout = TimeoutMilliseconds,
        };
        try
        {
            // Four source addresses: a server that counts handshakes an address sees four clients and not one.
            socket.Bind(new IPEndPoint(new IPAddress([127, 0, 0, (byte)(1 + (index % 4))]), 0));
            socket.Connect(IPAddress.Parse(server.Host), server.Port);
            var result = new LoadSocket(socket, dialect, index, channelIndex, channel);
            result.Upgrade(server);
            return result;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Joins the channel. Blocks.</summary>
    /// <exception cref="IOException">The server refused or said nothing for 20 s.</exception>
    /// <param name="scratch">Lent for the call.</param>
    public void Join(byte[] scratch)
    {
        foreach (var step in _dialect.JoinSteps(Channel))
        {
            if (step.Say is { } say)
                SendText(scratch, say);
            var ear = new JoinEar(_dialect, step);
            Take([], ear);
            while (!ear.Heard)
            {
                if (!Receive(scratch, ear))
                    throw new IOException($"no join: {ear.Problem ?? "the server hung up"}");
            }
        }
    }

    /// <summary>Hands the socket over to readiness: from here on nothing blocks.</summary>
    public void WatchBy(Epoll epoll)
    {
        _socket.Blocking = false;
        epoll.Watch(_socket, Index);
    }

    /// <summary>Reads once and hands on each complete message; false when the connection is over.</summary>
    public bool Receive(byte[] scratch, IMessageSink sink)
    {
        _unread.CopyTo(scratch, 0);
        var count = _socket.Receive(scratch.AsSpan(_unread.Length), SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock && !_socket.Blocking)
            return true;
        if (error != SocketError.Success || count == 0)
        {
            sink.OnClosed(this, error == SocketError.Success ? "the server ended the connection" : error.ToString());
            return false;
        }

        var total = _unread.Length + count;
        _unread = [];
        return Take(scratch.AsSpan(0, total), sink);
    }

    /// <summary>Sends one text message.</summary>
    public void SendText(byte[] scratch, ReadOnlySpan<byte> text)
    {
        text.CopyTo(scratch.AsSpan(ClientFrame.HeaderRoom));
        SendPrepared(scratch, text.Length, Opcode.Text);
    }

    /// <summary>Sends the payload that the caller has put behind <see cref="ClientFrame.HeaderRoom"/>.</summary>
    /// <exception cref="IOException">The server has not read for 20 s.</exception>
    public void SendPrepared(byte[] scratch, int payloadLength, Opcode opcode)
    {
        _mask = (_mask * 1664525) + 1013904223;
        var frame = ClientFrame.Complete(scratch, payloadLength, opcode, _mask);
        while (frame.Length > 0)
        {
            var sent = _socket.Send(frame, SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock && _socket.Poll(TimeoutMilliseconds * 1000, SelectMode.SelectWrite))
                continue;
            if (error != SocketError.Success)
                throw new IOException($"could not send: {error}");
            frame = frame[sent..];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private void Upgrade(Uri server)
    {
        var request = $"GET {_dialect.UpgradePath(Index, Channel)} HTTP/1.1\r\nHost: {server.Authority}\r\nConnection: Upgrade\r\n"
            + $"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {Convert.ToBase64String(Guid.NewGuid().ToByteArray())}\r\n\r\n";
        _socket.Send(Encoding.ASCII.GetBytes(request));

        var answer = new byte[8192];
        var length = 0;
        while (true)
        {
            var count = _socket.Receive(answer.AsSpan(length), SocketFlags.None);
            length += count;
            var end = answer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                if (!answer.AsSpan().StartsWith("HTTP/1.1 101"u8))
                    throw new IOException($"no upgrade: {Encoding.ASCII.GetString(answer.AsSpan(0, answer.AsSpan().IndexOf((byte)'\r')))}");
                _unread = answer[(end + 4)..length];
                return;
            }

            if (count == 0 || length == answer.Length)
                throw new IOException("no upgrade: the answer is not HTTP");
        }
    }

    /// <summary>Hands on the messages in <paramref name="bytes"/> (or, when empty, in what was left) and keeps the rest.</summary>
    private bool Take(ReadOnlySpan<byte> bytes, IMessageSink sink)
    {
        if (bytes.IsEmpty)
        {
            bytes = _unread;
            _unread = [];
        }

        while (ClientFrame.TryRead(bytes, out var final, out var opcode, out var payload, out var consumed))
        {
            if (opcode == Opcode.Close)
            {
                var code = payload.Length < 2 ? 1005 : (payload[0] << 8) | payload[1];
                sink.OnClosed(this, $"the server closed with {code} {Encoding.UTF8.GetString(payload.Length < 2 ? default : payload[2..])}");
                return false;
            }

            if (opcode == Opcode.Ping)
                Pong(payload);
            else if (opcode != Opcode.Pong)
                Assemble(payload, final, sink);
            bytes = bytes[consumed..];
        }

        if (!bytes.IsEmpty)
            _unread = bytes.ToArray();
        return true;
    }

    private void Assemble(ReadOnlySpan<byte> payload, bool final, IMessageSink sink)
    {
        if (final && _fragments is null)
        {
            _dialect.Split(this, payload, sink);
            return;
        }

        (_fragments ??= []).AddRange(payload);
        if (!final)
            return;
        var message = _fragments.ToArray();
        _fragments = null;
        _dialect.Split(this, message, sink);
    }

    private void Pong(ReadOnlySpan<byte> payload)
    {
        var frame = new byte[ClientFrame.HeaderRoom + payload.Length];
        payload.CopyTo(frame.AsSpan(ClientFrame.HeaderRoom));
        SendPrepared(frame, payload.Length, Opcode.Pong);
    }
}
