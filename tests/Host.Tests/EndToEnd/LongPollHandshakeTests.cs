using System.Text.Json;
using static QuikApp.Host.Tests.EndToEnd.Handshake;

namespace QuikApp.Host.Tests.EndToEnd;

/// <summary>Who may open a long poll, and what a browser is told.</summary>
[Collection(OpenServerTests.Name)]
public sealed class LongPollHandshakeTests(OpenServer server)
{
    private const string Refusal = """{"status":403}""";

    public static TheoryData<string> Forged => [.. ForgedTokens.Names];

    [Theory]
    [InlineData("?vsn=2.0.0&token={token}&")]
    [InlineData("?token={token}&vsn=2.0.0&")]
    [InlineData("?vsn=2.0.0", "X-Phoenix-AuthToken")]
    [InlineData("?vsn=2.0.0", "Authorization")]
    [InlineData("?vsn=1.0.0&token={token}")]
    [InlineData("?token={token}")]
    [InlineData("/?vsn=2.0.0&token={token}")]
    public Task Get_TokenInEachPlace_OpensASession(string query, string? header = null) => server.UnharmedAsync(async () =>
    {
        var token = server.Token("alice");
        var (head, body) = await GetAsync(
            query.Replace("{token}", token, StringComparison.Ordinal),
            header is null ? [] : [$"{header}: {(header == "Authorization" ? "Bearer " : "")}{token}"]);

        Assert.Equal("application/json; charset=utf-8", Header(head, "Content-Type"));
        Assert.Equal("no-store", Header(head, "Cache-Control"));
        Assert.Equal("nosniff", Header(head, "X-Content-Type-Options"));
        var session = JsonDocument.Parse(body).RootElement.GetProperty("token").GetString()!;
        Assert.Equal($$"""{"messages":[],"status":410,"token":"{{session}}"}""", body);
        Assert.DoesNotContain('.', session);
    });

    [Theory]
    [InlineData("vsn=5.0.0")]
    [InlineData("vsn=")]
    [InlineData("vsn[]=2.0.0")]
    [InlineData("vsn=2.0.0&vsn=5.0.0")]
    public Task Get_VersionUnknown_Is403(string vsn) => server.UnharmedAsync(() => RefusedAsync($"?token={server.Token("alice")}&{vsn}"));

    [Theory]
    [MemberData(nameof(Forged))]
    public Task Get_ForgedAccessToken_Is403(string name) => server.UnharmedAsync(async () =>
    {
        var token = ForgedTokens.Make(server, name);
        // No request line is that long.
        if (name != "9 KB")
            await RefusedAsync($"?vsn=2.0.0&token={Uri.EscapeDataString(token)}");
        if (token.All(c => c is > ' ' and < '\x7f'))
            await RefusedAsync("?vsn=2.0.0", $"X-Phoenix-AuthToken: {token}");
    });

    [Fact]
    public Task Get_NoAccessTokenOrTwo_Is403() => server.UnharmedAsync(async () =>
    {
        var (alice, bob) = (server.Token("alice"), server.Token("bob"));
        await RefusedAsync("?vsn=2.0.0");
        await RefusedAsync("");
        await RefusedAsync($"?vsn=2.0.0&token={alice}&token={bob}");
        await RefusedAsync($"?vsn=2.0.0&token={alice}", $"X-Phoenix-AuthToken: {bob}");
        await RefusedAsync("?vsn=2.0.0", $"X-Phoenix-AuthToken: {alice}", $"X-Phoenix-AuthToken: {bob}");
        await RefusedAsync("?vsn=2.0.0", $"X-Phoenix-AuthToken: {alice}", $"Authorization: Bearer {bob}");
    });

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("OPTIONS")]
    public Task Request_OfAForeignPage_Is403AndTheBrowserIsToldNothing(string method) => server.UnharmedAsync(async () =>
    {
        foreach (var origin in new[] { "https://evil.example", "null", "" })
        {
            var (head, body) = await AnswerAsync(
                server, Request(server, $"/socket/longpoll?token={server.Token("alice")}&vsn=2.0.0", method, [$"Origin: {origin}"], []));
            Assert.Equal(200, StatusOf(head));
            Assert.Equal(Refusal, body);
            Assert.Null(Header(head, "Access-Control-Allow-Origin"));
        }
    });

    [Fact]
    public Task Request_OfAnAllowedPage_NamesThePage() => server.UnharmedAsync(async () =>
    {
        foreach (var origin in new[] { OpenServer.AllowedOrigin, $"http://{server.Endpoint}" })
        {
            var (head, body) = await GetAsync($"?token={server.Token("alice")}&vsn=2.0.0", $"Origin: {origin}");
            Assert.Contains("\"status\":410", body, StringComparison.Ordinal);
            Assert.Equal(origin, Header(head, "Access-Control-Allow-Origin"));
            Assert.Equal("Origin", Header(head, "Vary"));
            Assert.Null(Header(head, "Access-Control-Allow-Credentials"));
        }
    });

    [Fact]
    public Task Options_OfAnAllowedPage_AllowsWhatItAsksFor() => server.UnharmedAsync(async () =>
    {
        var (head, body) = await AnswerAsync(server, Request(
            server,
            "/socket/longpoll?vsn=2.0.0",
            "OPTIONS",
            [$"Origin: {OpenServer.AllowedOrigin}", "Access-Control-Request-Method: POST", "Access-Control-Request-Headers: content-type,x-phoenix-authtoken"],
            []));
        Assert.Equal(200, StatusOf(head));
        Assert.Empty(body);
        Assert.Equal(OpenServer.AllowedOrigin, Header(head, "Access-Control-Allow-Origin"));
        Assert.Equal("content-type,x-phoenix-authtoken", Header(head, "Access-Control-Allow-Headers"));
        Assert.Equal("get, post, options", Header(head, "Access-Control-Allow-Methods"));
        Assert.Equal("3600", Header(head, "Access-Control-Max-Age"));
    });

    [Fact]
    public Task Options_HeadersThatAreNoNames_AreNotEchoed() => server.UnharmedAsync(async () =>
    {
        var (head, _) = await AnswerAsync(server, Request(
            server,
            "/socket/longpoll",
            "OPTIONS",
            [$"Origin: {OpenServer.AllowedOrigin}", "Access-Control-Request-Headers: x(y) \"z\""],
            []));
        Assert.Equal(200, StatusOf(head));
        Assert.Null(Header(head, "Access-Control-Allow-Headers"));
    });

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("HEAD")]
    [InlineData("PATCH")]
    public Task Request_OtherMethod_Is400(string method) => server.UnharmedAsync(async () =>
    {
        var (head, body) = await AnswerAsync(server, Request(server, $"/socket/longpoll?token={server.Token("alice")}", method, upgrade: []));
        Assert.Equal(400, StatusOf(head));
        Assert.Empty(body);
    });

    private Task<(string Head, string Body)> GetAsync(string query, params string[] headers) =>
        AnswerAsync(server, Request(server, $"/socket/longpoll{query}", headers: headers, upgrade: []));

    private async Task RefusedAsync(string query, params string[] headers)
    {
        var (head, body) = await GetAsync(query, headers);
        Assert.Equal(200, StatusOf(head));
        Assert.Equal(Refusal, body);
    }
}
