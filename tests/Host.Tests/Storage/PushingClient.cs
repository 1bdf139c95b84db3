using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace QuikApp.Host.Tests.Storage;

/// <summary>A socket to a server in another process: joins a channel and sends messages.</summary>
internal sealed class PushingClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[1 << 20];
    private int _refs;

    /// <summary>The reply to the join.</summary>
    public JsonElement Joined { get; private set; }

    public static async Task<PushingClient> JoinAsync(string url, string token, string topic)
    {
        var client = new PushingClient();
        using var patience = new CancellationTokenSource(Patience);
        await client._socket.ConnectAsync(new Uri($"{url.Replace("http:", "ws:", StringComparison.Ordinal)}/socket/websocket?vsn=2.0.0&token={token}"), patience.Token);
        client.Joined = await client.AskAsync("1", topic, "phx_join", new { });
        Assert.Equal("ok", client.Joined.GetProperty("status").GetString());
        return client;
    }

    /// <summary>Pushes a message; status and response of its reply.</summary>
    public Task<JsonElement> SendAsync(string topic, string content, string? clientId = null) =>
        AskAsync(null, topic, "message:send", clientId is null ? new { content } : new { content, clientId });

    /// <summary>Pushes and reads on to the reply.</summary>
    public async Task<JsonElement> AskAsync(string? joinRef, string topic, string name, object payload)
    {
        var reference = $"r{++_refs}";
        using var patience = new CancellationTokenSource(Patience);
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new object?[] { joinRef, reference, topic, name, payload }), WebSocketMessageType.Text, true, patience.Token);
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await _socket.ReceiveAsync(_buffer.AsMemory(length), patience.Token);
                length += part.Count;
            }
            while (!part.EndOfMessage);
            Assert.Equal(WebSocketMessageType.Text, part.MessageType);
            var frame = JsonDocument.Parse(Encoding.UTF8.GetString(_buffer, 0, length)).RootElement;
            if (frame[1].ValueKind == JsonValueKind.String && frame[1].GetString() == reference)
                return frame[4];
        }
    }

    public void Dispose() => _socket.Dispose();
}
