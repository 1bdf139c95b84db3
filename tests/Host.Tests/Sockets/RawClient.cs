using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace QuikApp.Host.Tests.Sockets;

/// <summary>A client that writes bytes, right or wrong, and reads the server's frames.</summary>
internal sealed class RawClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Socket _socket;
    private readonly NetworkStream _stream;

    private RawClient(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
    }

    public string ResponseHead { get; private set; } = "";

    public static async Task<RawClient> ConnectAsync(IPEndPoint endpoint, string query = "", int receiveBuffer = 0)
    {
        var client = await RequestAsync(endpoint, Request(query: query), receiveBuffer);
        Assert.StartsWith("HTTP/1.1 101 ", client.ResponseHead, StringComparison.Ordinal);
        return client;
    }

    /// <summary>Sends a request and reads the head of the answer.</summary>
    public static async Task<RawClient> RequestAsync(IPEndPoint endpoint, string request, int receiveBuffer = 0)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer > 0)
            socket.ReceiveBufferSize = receiveBuffer;
        await socket.ConnectAsync(endpoint);
        var client = new RawClient(socket);
        await client.SendAsync(Encoding.ASCII.GetBytes(request));
        client.ResponseHead = await client.ReadHeadAsync();
        return client;
    }

    public static string Request(
        string method = "GET",
        string query = "",
        string connection = "Upgrade",
        string upgrade = "websocket",
        string? key = "dGhlIHNhbXBsZSBub25jZQ==",
        string version = "13",
        string http = "1.1") =>
        $"{method} /socket{query} HTTP/{http}\r\nHost: localhost\r\nConnection: {connection}\r\nUpgrade: {upgrade}\r\n"
        + (key is null ? "" : $"Sec-WebSocket-Key: {key}\r\n")
        + $"Sec-WebSocket-Version: {version}\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n";

    public Task SendAsync(params byte[][] frames) => _stream.WriteAsync(frames.SelectMany(frame => frame).ToArray()).AsTask().WaitAsync(Patience);

    /// <summary>The next frame as its first byte and payload; null when the connection ended, gently or not.</summary>
    public async Task<(int First, byte[] Payload)?> ReadFrameAsync()
    {
        try
        {
            var head = await ReadAsync(2);
            var length = head[1] switch
            {
                126 => BinaryPrimitives.ReadUInt16BigEndian(await ReadAsync(2)),
                127 => (int)BinaryPrimitives.ReadUInt64BigEndian(await ReadAsync(8)),
                var small => small,
            };
            return (head[0], await ReadAsync(length));
        }
        catch (Exception error) when (error is IOException or EndOfStreamException)
        {
            return null;
        }
    }

    /// <summary>The code of the next frame, which must be a close; 1005 when it has none.</summary>
    public async Task<int> ReadCloseAsync()
    {
        var (first, payload) = (await ReadFrameAsync())!.Value;
        Assert.Equal(0x88, first);
        return payload.Length == 0 ? 1005 : BinaryPrimitives.ReadUInt16BigEndian(payload);
    }

    public async Task<string> ReadBodyAsync()
    {
        var length = ResponseHead.Split("\r\n").Where(line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase))
            .Select(line => int.Parse(line[16..], System.Globalization.CultureInfo.InvariantCulture)).FirstOrDefault();
        if (ResponseHead.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase))
        {
            var size = Convert.ToInt32((await ReadLineAsync()).Trim(), 16);
            return Encoding.UTF8.GetString(await ReadAsync(size));
        }

        return Encoding.UTF8.GetString(await ReadAsync(length));
    }

    public void Dispose() => _stream.Dispose();

    private async Task<byte[]> ReadAsync(int count)
    {
        var bytes = new byte[count];
        using var patience = new CancellationTokenSource(Patience);
        await _stream.ReadExactlyAsync(bytes, patience.Token);
        return bytes;
    }

    private async Task<string> ReadHeadAsync()
    {
        var head = new StringBuilder();
        string line;
        while ((line = await ReadLineAsync()).Length > 2)
            head.Append(line);
        return head.ToString();
    }

    private async Task<string> ReadLineAsync()
    {
        var line = new StringBuilder();
        while (line.Length < 2 || line[^1] != '\n')
            line.Append((char)(await ReadAsync(1))[0]);
        return line.ToString();
    }
}
