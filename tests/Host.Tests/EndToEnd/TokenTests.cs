using System.Text;
using static QuikApp.Host.Tests.EndToEnd.Handshake;

namespace QuikApp.Host.Tests.EndToEnd;

[Collection(OpenServerTests.Name)]
public sealed class TokenTests(OpenServer server)
{
    private const string Path = "/socket/websocket?vsn=2.0.0";

    public static TheoryData<string> Forged => [.. ForgedTokens.Names];

    /// <summary>In a pattern: T is the token in base64, t the token, P padding, O another user's token in base64.</summary>
    [Theory]
    [InlineData("phoenix, base64url.bearer.phx.{T}", 101, "phoenix")]
    [InlineData("base64url.bearer.phx.{T}, phoenix", 101, "phoenix")]
    [InlineData("phoenix,base64url.bearer.phx.{T}", 101, "phoenix")]
    [InlineData("phoenix|base64url.bearer.phx.{T}", 101, "phoenix")]
    [InlineData("phoenix, base64url.bearer.phx.{P}", 101, "phoenix")]
    [InlineData("base64url.bearer.phx.{T}", 101, null)]
    [InlineData("phoenix", 403, null)]
    [InlineData("phoenix, base64url.bearer.phx.", 403, null)]
    [InlineData("phoenix, base64url.bearer.phx.{t}", 403, null)]
    [InlineData("phoenix, base64url.bearer.phx.-_-_", 403, null)]
    [InlineData("phoenix, base64url.bearer.phx.!", 403, null)]
    [InlineData("phoenix, base64url.bearer.phx.{T}, base64url.bearer.phx.{T}", 403, null)]
    [InlineData("phoenix, base64url.bearer.phx.{T}, base64url.bearer.phx.{O}", 403, null)]
    [InlineData("graphql-ws", 403, null)]
    [InlineData("graphql-ws, base64url.bearer.phx.{T}", 403, null)]
    [InlineData("PHOENIX", 403, null)]
    [InlineData("Base64Url.Bearer.Phx.{T}, phoenix", 403, null)]
    [InlineData(" ", 403, null)]
    [InlineData(",", 403, null)]
    public Task Handshake_Subprotocol_CarriesTheToken(string pattern, int status, string? answer) => server.UnharmedAsync(async () =>
    {
        var token = server.Token("alice");
        var base64 = Base64(token);
        var padded = base64 + new string('=', (4 - base64.Length % 4) % 4);
        var headers = pattern
            .Replace("{T}", base64, StringComparison.Ordinal)
            .Replace("{P}", padded, StringComparison.Ordinal)
            .Replace("{t}", token, StringComparison.Ordinal)
            .Replace("{O}", Base64(server.Token("bob")), StringComparison.Ordinal)
            .Split('|').Select(value => $"Sec-WebSocket-Protocol: {value}").ToArray();
        var (head, _) = await AnswerAsync(server, Request(server, Path, headers: headers));
        Assert.Equal(status, StatusOf(head));
        Assert.Equal(answer, Header(head, "Sec-WebSocket-Protocol"));
    });

    [Theory]
    [InlineData("phoenix", 101, "phoenix")]
    [InlineData("phoenix, v9.example", 101, "phoenix")]
    [InlineData("phoenix, base64url.bearer.phx.e30, base64url.bearer.phx.e31", 101, "phoenix")]
    [InlineData("phoenix, base64url.bearer.phx.e30", 403, null)]
    [InlineData("v9.example", 403, null)]
    public Task Handshake_SubprotocolBesideAQueryToken_IsReadAsPhoenixDoes(string protocols, int status, string? answer) => server.UnharmedAsync(async () =>
    {
        var (head, _) = await AnswerAsync(
            server, Request(server, $"{Path}&token={server.Token("alice")}", headers: [$"Sec-WebSocket-Protocol: {protocols}"]));
        Assert.Equal(status, StatusOf(head));
        Assert.Equal(answer, Header(head, "Sec-WebSocket-Protocol"));
    });

    [Theory]
    [InlineData("Bearer {t}", 101)]
    [InlineData("bearer {t}", 101)]
    [InlineData("Bearer  {t}", 101)]
    [InlineData("Bearer", 403)]
    [InlineData("Bearer ", 403)]
    [InlineData("Bearer{t}", 403)]
    [InlineData("Basic {t}", 403)]
    [InlineData("Token {t}", 403)]
    [InlineData("{t}", 403)]
    [InlineData("Bearer {t}, Bearer {t}", 403)]
    [InlineData("Bearer {t} x", 403)]
    [InlineData("Bearer {t}|Authorization: Bearer {o}", 403)]
    public Task Handshake_AuthorizationHeader_CarriesTheToken(string pattern, int status) => server.UnharmedAsync(async () =>
    {
        var header = "Authorization: " + pattern
            .Replace("{t}", server.Token("alice"), StringComparison.Ordinal)
            .Replace("{o}", server.Token("bob"), StringComparison.Ordinal)
            .Replace("|", "\r\n", StringComparison.Ordinal);
        Assert.Equal(status, StatusOf((await AnswerAsync(server, Request(server, Path, headers: [header]))).Head));
    });

    [Fact]
    public Task Handshake_TwoWaysWithDifferentTokens_Is403() => server.UnharmedAsync(async () =>
    {
        var request = Request(server, $"{Path}&token={server.Token("alice")}", headers: [$"Authorization: Bearer {server.Token("bob")}"]);
        Assert.Equal(403, StatusOf((await AnswerAsync(server, request)).Head));
    });

    [Theory]
    [MemberData(nameof(Forged))]
    public Task Handshake_ForgedToken_Is403ByEveryWay(string name) => server.UnharmedAsync(async () =>
    {
        var token = ForgedTokens.Make(server, name);
        var expected = await MissingTokenAnswer();
        foreach (var request in new[]
        {
            Request(server, $"{Path}&token={token}"),
            Request(server, Path, headers: [$"Authorization: Bearer {token}"]),
            Request(server, Path, headers: [$"Sec-WebSocket-Protocol: phoenix, base64url.bearer.phx.{Base64(token)}"]),
            // Decided before the upgrade is looked at.
            Request(server, Path, headers: [$"Authorization: Bearer {token}"], upgrade: []),
        })
        {
            // A query of 9 KB does not fit Kestrel's request line.
            var (head, body) = await AnswerAsync(server, request);
            if (request.IndexOf('\r', StringComparison.Ordinal) > 8 * 1024)
                Assert.Equal(414, StatusOf(head));
            else
                Assert.Equal(expected, WithoutDate(head));
            Assert.Empty(body);
        }
    });

    [Fact]
    public Task Handshake_TheForgersOwnGoodToken_Is101() => server.UnharmedAsync(async () =>
    {
        // The table above would be worth nothing if the base of its tokens were refused for another reason.
        var request = Request(server, $"{Path}&token={ForgedTokens.Make(server, "good")}");
        Assert.Equal(101, StatusOf((await AnswerAsync(server, request)).Head));
    });

    [Fact]
    public Task Handshake_Refused_SameBytesForEveryCause() => server.UnharmedAsync(async () =>
    {
        var token = server.Token("alice");
        string[] requests =
        [
            Request(server, Path),
            Request(server, Path + "&token="),
            Request(server, Path + "&token=x"),
            Request(server, $"/socket/websocket?vsn=9&token={token}"),
            Request(server, $"{Path}&token={token}", headers: ["Origin: https://evil.example"]),
            Request(server, $"{Path}&token={token}", headers: ["Sec-WebSocket-Protocol: other"]),
            Request(server, $"{Path}&token={token}", method: "GET", headers: [$"Authorization: Bearer {server.Token("bob")}"]),
            Request(server, Path, method: "POST", headers: ["Content-Length: 0"]),
            Request(server, Path, upgrade: []),
            Request(server, "/socket?vsn=2.0.0"),
        ];
        foreach (var request in requests)
            Assert.Equal("HTTP/1.1 403 Forbidden\nContent-Length: 0\n", WithoutDate((await AnswerAsync(server, request)).Head));
    });

    [Theory]
    [InlineData("&token={long}", "", 414)]
    [InlineData("", "Authorization: Bearer {long}", 431)]
    [InlineData("", "Sec-WebSocket-Protocol: phoenix, base64url.bearer.phx.{long}", 431)]
    public Task Handshake_TokenOf300Kilobytes_IsRefusedAtTheDoor(string query, string header, int status) => server.UnharmedAsync(async () =>
    {
        var token = server.Planted(new string('e', 300_000));
        var request = Request(
            server, Path + query.Replace("{long}", token, StringComparison.Ordinal),
            headers: header.Length > 0 ? [header.Replace("{long}", token, StringComparison.Ordinal)] : []);
        // The server closes while the rest is on its way: some of it may be answered by a reset.
        try
        {
            var (head, body) = await AnswerAsync(server, request);
            Assert.Equal(status, StatusOf(head));
            Assert.Empty(body);
        }
        catch (IOException)
        {
            // Reset before the answer was read.
        }
    });

    private async Task<string> MissingTokenAnswer() => WithoutDate((await AnswerAsync(server, Request(server, Path))).Head);

    private static string Base64(string token) => Convert.ToBase64String(Encoding.UTF8.GetBytes(token)).TrimEnd('=');
}
