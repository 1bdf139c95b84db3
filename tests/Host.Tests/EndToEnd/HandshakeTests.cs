using QuikApp.Host.Tests.Sockets;
using static QuikApp.Host.Tests.EndToEnd.Handshake;

namespace QuikApp.Host.Tests.EndToEnd;

[Collection(OpenServerTests.Name)]
public sealed class HandshakeTests(OpenServer server)
{
    private const string V1Heartbeat = """{"topic":"phoenix","event":"heartbeat","payload":{},"ref":"1"}""";
    private const string V2Heartbeat = """[null,"1","phoenix","heartbeat",{}]""";

    private string Query(string more) => $"?token={server.Token("alice")}{(more.Length > 0 ? "&" : "")}{more}";

    [Theory]
    [InlineData("", true)]
    [InlineData("vsn=1.0.0", true)]
    [InlineData("vsn=1.0.3", true)]
    [InlineData("vsn=2.0.0", false)]
    [InlineData("vsn=2.0.7", false)]
    [InlineData("vsn=5.0.0&vsn=2.0.0", false)]
    [InlineData("vsn=2.0.0&vsn=1.0.0", true)]
    [InlineData("vsn=2%2E0%2E0", false)]
    [InlineData("vsn=2.0.0&", false)]
    [InlineData("vsn=2.0.0&device=mobile&log_level=info", false)]
    public Task Handshake_VersionSpoken_UpgradesToThatWire(string version, bool isV1) => server.UnharmedAsync(async () =>
    {
        using var raw = await RawClient.RequestAsync(server.Endpoint, Request(server, "/socket/websocket" + Query(version)));
        Assert.Equal(101, StatusOf(raw.ResponseHead));
        Assert.Equal("max-age=0, private, must-revalidate", Header(raw.ResponseHead, "Cache-Control"));
        Assert.Equal("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", Header(raw.ResponseHead, "Sec-WebSocket-Accept"));
        using var client = PhoenixClient.Over(server, raw, isV1);
        await client.SendAsync(isV1 ? V1Heartbeat : V2Heartbeat);
        Assert.Contains("phx_reply", await client.NextAsync(), StringComparison.Ordinal);
        await client.SendAsync(isV1 ? V2Heartbeat : V1Heartbeat);
        Assert.Equal(1007, await client.ClosedAsync());
    });

    [Theory]
    [InlineData("vsn=5.0.0")]
    [InlineData("vsn=2.1.0")]
    [InlineData("vsn=1.1.0")]
    [InlineData("vsn=2.0.0-rc.1")]
    [InlineData("vsn=2")]
    [InlineData("vsn=2.0")]
    [InlineData("vsn=abc")]
    [InlineData("vsn=")]
    [InlineData("vsn")]
    [InlineData("vsn[]=2.0.0")]
    [InlineData("vsn%5B%5D=2.0.0")]
    [InlineData("vsn=2.0.0&vsn=5.0.0")]
    [InlineData("vsn=2.0.0%00")]
    [InlineData("vsn=%202.0.0")]
    [InlineData("vsn=2.0.0%0D%0AX-Evil:1")]
    [InlineData("vsn=-2.0.0")]
    [InlineData("vsn=99999999999999999999.0.0")]
    public Task Handshake_VersionUnknown_Is403(string version) => server.UnharmedAsync(async () =>
    {
        await Refused(Request(server, "/socket/websocket" + Query(version)));
        // Phoenix refuses the version before it looks at the upgrade.
        await Refused(Request(server, "/socket/websocket" + Query(version), upgrade: []));
    });

    [Fact]
    public Task Handshake_VersionOf4Kilobytes_Is403() => server.UnharmedAsync(() =>
        Refused(Request(server, "/socket/websocket" + Query("vsn=" + new string('2', 4096)))));

    [Theory]
    [InlineData("/socket/websocket", 101)]
    [InlineData("/socket/websocket/", 101)]
    [InlineData("/socket", 101)]
    [InlineData("/socket/other", 404)]
    [InlineData("/socket/websocket/x", 404)]
    [InlineData("/socketwebsocket", 404)]
    [InlineData("/socket/../socket/other", 404)]
    [InlineData("/", 404)]
    public Task Handshake_Path_IsTheEndpointOrNotFound(string path, int status) => server.UnharmedAsync(async () =>
    {
        var (head, body) = await AnswerAsync(server, Request(server, path + Query("vsn=2.0.0")));
        Assert.Equal(status, StatusOf(head));
        Assert.Empty(body);
    });

    [Theory]
    [InlineData("Connection: close", "'connection' header must contain 'upgrade', got [\"close\"]")]
    [InlineData("", "'connection' header must contain 'upgrade', got []")]
    [InlineData("Connection: keep-alive|Upgrade: websocket", "'connection' header must contain 'upgrade', got [\"keep-alive\"]")]
    [InlineData("Connection: Upgrade", "'upgrade' header must contain 'websocket', got []")]
    [InlineData("Connection: Upgrade|Upgrade: h2c", "'upgrade' header must contain 'websocket', got [\"h2c\"]")]
    [InlineData("Connection: Upgrade|Upgrade: websocket|Sec-WebSocket-Version: 13", "'sec-websocket-key' header is absent")]
    [InlineData("Connection: Upgrade|Upgrade: websocket|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "'sec-websocket-version' header must equal '13', got []")]
    [InlineData("Connection: Upgrade|Upgrade: websocket|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|Sec-WebSocket-Version: 12", "'sec-websocket-version' header must equal '13', got [\"12\"]")]
    [InlineData("Connection: Upgrade|Upgrade: websocket|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|Sec-WebSocket-Version: 255", "'sec-websocket-version' header must equal '13', got [\"255\"]")]
    [InlineData("Connection: Upgrade|Upgrade: websocket|Sec-WebSocket-Key: short|Sec-WebSocket-Version: 13", "'sec-websocket-key' header must be 16 bytes in base64")]
    [InlineData("Connection: Upgrade|Upgrade: websocket|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|Sec-WebSocket-Version: 13", "'sec-websocket-key' header must be 16 bytes in base64")]
    public Task Handshake_NoUpgrade_Is400WithPhoenixsWords(string headers, string expected) => server.UnharmedAsync(async () =>
    {
        var upgrade = headers.Split('|', StringSplitOptions.RemoveEmptyEntries);
        var (head, body) = await AnswerAsync(server, Request(server, "/socket/websocket" + Query("vsn=2.0.0"), upgrade: upgrade));
        Assert.Equal(400, StatusOf(head));
        Assert.Equal(expected, body);
        Assert.Equal(expected.Contains("version", StringComparison.Ordinal) ? "13" : null, Header(head, "Sec-WebSocket-Version"));
    });

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("HEAD")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public Task Handshake_OtherMethod_Is400AndEmpty(string method) => server.UnharmedAsync(async () =>
    {
        var (head, body) = await AnswerAsync(server, Request(server, "/socket/websocket" + Query("vsn=2.0.0"), method, headers: ["Content-Length: 0"]));
        Assert.Equal(400, StatusOf(head));
        Assert.Empty(body);
    });

    [Theory]
    [InlineData("permessage-deflate")]
    [InlineData("permessage-deflate; client_max_window_bits")]
    [InlineData("permessage-deflate; server_no_context_takeover; client_no_context_takeover")]
    [InlineData("permessage-deflate; client_max_window_bits=99")]
    [InlineData("x-webkit-deflate-frame, permessage-bzip2")]
    public Task Handshake_ExtensionOffered_IsNotNegotiated(string offer) => server.UnharmedAsync(async () =>
    {
        using var raw = await RawClient.RequestAsync(
            server.Endpoint, Request(server, "/socket/websocket" + Query("vsn=2.0.0"), headers: [$"Sec-WebSocket-Extensions: {offer}"]));
        Assert.Equal(101, StatusOf(raw.ResponseHead));
        Assert.Null(Header(raw.ResponseHead, "Sec-WebSocket-Extensions"));

        // And so a compressed frame is one with a reserved bit.
        await raw.SendAsync(ClientFrames.Frame(0x41, "{}"u8.ToArray()));
        Assert.Equal(1002, await raw.ReadCloseAsync());
    });

    [Theory]
    [InlineData(null, true)]
    [InlineData("http://{host}", true)]
    [InlineData("HTTP://{host}", true)]
    [InlineData(OpenServer.AllowedOrigin, true)]
    [InlineData("", false)]
    [InlineData("null", false)]
    [InlineData("file://", false)]
    [InlineData("https://evil.example", false)]
    [InlineData("https://{host}", false)]
    [InlineData("http://{host}/", false)]
    [InlineData("http://{host}.evil.example", false)]
    [InlineData("http://{host}@evil.example", false)]
    [InlineData("http://evil.example@{host}", false)]
    [InlineData("http://evil.example/{host}", false)]
    [InlineData("http://127.0.0.1", false)]
    [InlineData("http://127.0.0.1:1", false)]
    [InlineData("http://localhost", false)]
    [InlineData("http://[::1]", false)]
    [InlineData("//{host}", false)]
    [InlineData("{host}", false)]
    [InlineData("*", false)]
    [InlineData("http://chat.example.com", false)]
    [InlineData("https://chat.example.com:444", false)]
    [InlineData("https://chat.example.com.evil.example", false)]
    [InlineData("https://evilchat.example.com", false)]
    [InlineData("https://sub.chat.example.com", false)]
    [InlineData("https://chat.example.com, https://evil.example", false)]
    [InlineData("https://evil.example|https://chat.example.com", false)]
    [InlineData("https://chat.example.com|https://evil.example", false)]
    public Task Handshake_Origin_MustBeOwnOrAllowed(string? origin, bool allowed) => server.UnharmedAsync(async () =>
    {
        var headers = origin?.Replace("{host}", server.Endpoint.ToString(), StringComparison.Ordinal).Split('|').Select(o => $"Origin: {o}").ToArray();
        var request = Request(server, "/socket/websocket" + Query("vsn=2.0.0"), headers: headers);
        if (allowed)
            Assert.Equal(101, StatusOf((await AnswerAsync(server, request)).Head));
        else
            await Refused(request);
    });

    private async Task Refused(string request)
    {
        var (head, body) = await AnswerAsync(server, request);
        Assert.Equal(403, StatusOf(head));
        Assert.Equal("0", Header(head, "Content-Length"));
        Assert.Empty(body);
    }
}
