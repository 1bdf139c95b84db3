using System.Net.WebSockets;
using System.Text;

namespace QuikApp.Host.Tests.Sockets;

public sealed class WebSocketUpgradeTests(SocketServer server) : IClassFixture<SocketServer>
{
    [Fact]
    public async Task AcceptAsync_GoodUpgrade_IsAnsweredAsThePhoenixServerDoes()
    {
        using var client = await RawClient.ConnectAsync(server.Endpoint, "?protocol=phoenix");

        var headers = client.ResponseHead.Split("\r\n");
        Assert.Contains("Connection: Upgrade", headers);
        Assert.Contains("Upgrade: websocket", headers);
        Assert.Contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", headers);
        Assert.Contains("Cache-Control: max-age=0, private, must-revalidate", headers);
        Assert.Contains("Sec-WebSocket-Protocol: phoenix", headers);
        Assert.DoesNotContain("Extensions", client.ResponseHead, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task AcceptAsync_BrokenUpgrades_Are400WithPhoenixWords()
    {
        await AssertRefusedAsync(RawClient.Request(connection: "close"), "'connection' header must contain 'upgrade', got [\"close\"]");
        await AssertRefusedAsync(RawClient.Request(key: null), "'sec-websocket-key' header is absent");
        await AssertRefusedAsync(RawClient.Request(key: "AAAA"), "'sec-websocket-key' header must be 16 bytes in base64");
        var head = await AssertRefusedAsync(RawClient.Request(version: "12"), "'sec-websocket-version' header must equal '13', got [\"12\"]");
        Assert.Contains("Sec-WebSocket-Version: 13", head, StringComparison.OrdinalIgnoreCase);
        await AssertRefusedAsync(RawClient.Request(method: "PUT"), "");
        await AssertRefusedAsync(RawClient.Request(http: "1.0"), "");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AcceptAsync_StockClient_EchoesAndCloses(bool http2)
    {
        using var client = new ClientWebSocket();
        client.Options.HttpVersion = http2 ? new Version(2, 0) : new Version(1, 1);
        client.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        client.Options.AddSubProtocol("phoenix");
        using var handler = new SocketsHttpHandler();
        using var invoker = new HttpMessageInvoker(handler);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var endpoint = http2 ? server.Http2Endpoint : server.Endpoint;

        await client.ConnectAsync(new Uri($"ws://{endpoint}/socket?protocol=phoenix"), invoker, patience.Token);
        Assert.Equal("phoenix", client.SubProtocol);
        foreach (var size in new[] { 0, 1, 5000, 65_536 })
        {
            var sent = Encoding.ASCII.GetBytes(new string('e', size));
            await client.SendAsync(sent, WebSocketMessageType.Text, true, patience.Token);
            var got = new byte[65_536];
            var count = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await client.ReceiveAsync(got.AsMemory(count), patience.Token);
                count += part.Count;
            }
            while (!part.EndOfMessage);
            Assert.Equal(sent, got[..count]);
        }

        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, client.CloseStatus);
    }

    private async Task<string> AssertRefusedAsync(string request, string body)
    {
        using var client = await RawClient.RequestAsync(server.Endpoint, request);
        Assert.StartsWith("HTTP/1.1 400 ", client.ResponseHead, StringComparison.Ordinal);
        Assert.Equal(body, await client.ReadBodyAsync());
        return client.ResponseHead;
    }
}
