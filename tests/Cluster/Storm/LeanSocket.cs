using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using QuikApp.Cluster.Workload;

namespace QuikApp.Cluster.Storm;

/// <summary>A WebSocket of which one process holds thousands: no handler of its own, and no buffer while nothing comes.</summary>
internal sealed class LeanSocket : IDisposable
{
    private const int BufferBytes = 16 * 1024;
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);
    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray();

    private readonly WebSocket _socket;

    private LeanSocket(WebSocket socket) => _socket = socket;

    /// <summary>Connects and upgrades. What is not upgraded by then is given up, as a Phoenix client does.</summary>
    /// <exception cref="ConnectionGoneException">It could not.</exception>
    public static async Task<LeanSocket> ConnectAsync(Uri node, string token)
    {
        var tcp = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var limit = new CancellationTokenSource(ConnectLimit);
            await tcp.ConnectAsync(new IPEndPoint(IPAddress.Parse(node.Host), node.Port), limit.Token);
            await UpgradeAsync(tcp, node, token, limit.Token);
            var stream = new NetworkStream(tcp, ownsSocket: true);
            return new LeanSocket(WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = false, KeepAliveInterval = TimeSpan.Zero }));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or IOException)
        {
            tcp.Dispose();
            throw new ConnectionGoneException($"{node} cannot be reached: {e.Message}", e);
        }
    }

    /// <summary>Sends a frame.</summary>
    /// <exception cref="ConnectionGoneException">The connection is gone.</exception>
    public async Task SendAsync(byte[] frame)
    {
        try
        {
            await _socket.SendAsync(frame.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        catch (Exception e) when (IsEnd(e))
        {
            throw new ConnectionGoneException("the frame could not be sent", e);
        }
    }

    /// <summary>Waits for a frame.</summary>
    /// <exception cref="ConnectionGoneException">The connection has ended.</exception>
    public async ValueTask<Frame> ReceiveAsync()
    {
        byte[]? buffer = null;
        try
        {
            // Asks for nothing, which lasts until something is there.
            var part = await _socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
            buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
            var length = 0;
            while (part.MessageType != WebSocketMessageType.Close)
            {
                if (length == buffer.Length)
                    buffer = Grow(buffer);
                part = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                length += part.Count;
                if (part.EndOfMessage && part.MessageType == WebSocketMessageType.Text)
                    return Frame.Parse(buffer.AsMemory(0, length));
            }

            throw new ConnectionGoneException($"closed with {_socket.CloseStatus}");
        }
        catch (Exception e) when (IsEnd(e))
        {
            throw new ConnectionGoneException("the connection has ended", e);
        }
        finally
        {
            if (buffer is not null)
                ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Cuts the connection without a word.</summary>
    public void Abort() => _socket.Abort();

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Abort();
        _socket.Dispose();
    }

    private static bool IsEnd(Exception e) => e is WebSocketException or OperationCanceledException or ObjectDisposedException or SocketException
        || (e is IOException && e is not ConnectionGoneException);

    private static byte[] Grow(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private static async Task UpgradeAsync(Socket tcp, Uri node, string token, CancellationToken cancel)
    {
        var key = Convert.ToBase64String(Guid.NewGuid().ToByteArray());
        var request = $"GET /socket/websocket?vsn=2.0.0 HTTP/1.1\r\nHost: {node.Authority}\r\nAuthorization: Bearer {token}\r\nConnection: Upgrade\r\n"
            + $"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n";
        await tcp.SendAsync(Encoding.ASCII.GetBytes(request), cancel);
        var answer = new byte[4096];
        var length = 0;
        // The server says nothing before it is spoken to, so nothing stands behind the head.
        while (!answer.AsSpan(0, length).EndsWith(EndOfHead))
        {
            var count = await tcp.ReceiveAsync(answer.AsMemory(length), cancel);
            if (count == 0 || length + count == answer.Length)
                throw new IOException("the answer to the upgrade has no end");
            length += count;
        }

        if (!answer.AsSpan().StartsWith("HTTP/1.1 101"u8))
            throw new IOException(Encoding.ASCII.GetString(answer.AsSpan(0, answer.AsSpan().IndexOf((byte)'\r'))));
    }
}
