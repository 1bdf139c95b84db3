using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Tests.Api;

/// <summary>What holds for every operation: methods, media types, sizes, tokens, headers.</summary>
[Collection(ApiServerTests.Name)]
public sealed class ApiFrameTests(ApiServer server)
{
    private const string Messages = "/api/v1/channels/general/messages";

    [Theory]
    [InlineData("OPTIONS")]
    [InlineData("TRACE")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("PROPFIND")]
    public Task Method_ThatThePathHasNot_Is405AndSaysWhichItHas(string method) => server.UnharmedAsync(async () =>
    {
        using var alice = ApiCaller.As(server, "alice");
        var answer = (await alice.RawAsync(method, Messages)).Refused(405, "method_not_allowed");
        Assert.Equal("GET, HEAD, POST", answer.Header("Allow"));
    });

    [Fact]
    public Task Head_OfAnOperation_IsGetWithoutABody() => server.UnharmedAsync(async () =>
    {
        using var alice = ApiCaller.As(server, "alice");
        var get = (await alice.RawAsync("GET", Messages)).Ok();
        var head = (await alice.RawAsync("HEAD", Messages)).Ok();
        Assert.Empty(head.Body);
        Assert.Equal(get.Head, head.Head);
    });

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=latin1")]
    [InlineData("application/jsonp")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("*/*")]
    [InlineData("garbage")]
    public Task Body_OfAnotherType_Is415(string? type) => server.UnharmedAsync(async () =>
    {
        using var alice = ApiCaller.As(server, "alice");
        using var body = new ByteArrayContent("""{"content":"x"}"""u8.ToArray());
        if (type is not null)
            body.Headers.TryAddWithoutValidation("Content-Type", type);
        (await alice.RawAsync("POST", Messages, body)).Refused(415, "unsupported_media_type");
    });

    [Fact]
    public Task Body_Compressed_Is415() => server.UnharmedAsync(async () =>
    {
        using var alice = ApiCaller.As(server, "alice");
        using var body = Json("""{"content":"x"}""");
        body.Headers.ContentEncoding.Add("gzip");
        (await alice.RawAsync("POST", Messages, body)).Refused(415, "unsupported_media_type");
    });

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=UTF-8")]
    [InlineData("application/json;charset=\"utf-8\"")]
    [InlineData("APPLICATION/JSON")]
    public Task Body_OfJson_IsTaken(string type) => server.UnharmedAsync(
        async () =>
        {
            using var alice = ApiCaller.As(server, "alice");
            using var body = new ByteArrayContent("""{"content":"x"}"""u8.ToArray());
            body.Headers.TryAddWithoutValidation("Content-Type", type);
            (await alice.RawAsync("POST", Messages, body)).Ok(201);
        },
        journaled: 1);

    [Theory]
    [InlineData(65_536, 400)]
    [InlineData(65_537, 413)]
    [InlineData(10_000_000, 413)]
    public Task Body_LongerThanTheLimit_Is413(int bytes, int status) => server.UnharmedAsync(async () =>
    {
        using var alice = ApiCaller.As(server, "alice");
        foreach (var chunked in new[] { false, true })
        {
            using var body = Json("{" + new string(' ', bytes - 2) + "}");
            if (chunked)
                body.Headers.ContentLength = null;
            using HttpContent content = chunked ? new ChunkedContent(body) : body;
            (await alice.RawAsync("POST", Messages, content)).Refused(status, status == 400 ? "invalid_payload" : "payload_too_large");
        }
    });

    [Fact]
    public Task Body_ThatDoesNotCome_Is408() => server.UnharmedAsync(async () =>
    {
        using var socket = await BeginAsync(length: 1_000, sent: "{");
        using var reader = new StreamReader(socket.GetStream(), Encoding.ASCII);
        // Kestrel gives a body 5 s before it asks for 240 bytes a second.
        var answer = await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"reason\":\"request_timeout\"", answer, StringComparison.Ordinal);
    });

    [Fact]
    public Task Body_OfAClientThatGoes_HarmsNobody() => server.UnharmedAsync(async () =>
    {
        for (var i = 0; i < 50; i++)
        {
            using var socket = await BeginAsync(length: 1_000, sent: new string(' ', i));
            socket.LingerState = new LingerOption(i % 2 == 0, 0);
        }
    });

    [Fact]
    public Task Refusals_OfTheApi_AreCounted() => server.UnharmedAsync(async () =>
    {
        using var alice = ApiCaller.As(server, "alice");
        (await alice.GetAsync("channels/nosuch")).Refused(404, "not_found");
        (await alice.RawAsync("TRACE", Messages)).Refused(405, "method_not_allowed");
        using var http = new HttpClient();
        var metrics = await http.GetStringAsync(new Uri($"http://{server.Endpoint}/metrics"));
        Assert.Contains("reason=\"not_found\"", metrics, StringComparison.Ordinal);
        Assert.Contains("reason=\"method_not_allowed\"", metrics, StringComparison.Ordinal);
    });

    [Theory]
    [InlineData("PUT", "channels/general/members/bob")]
    [InlineData("DELETE", "channels/general/members/bob")]
    [InlineData("PUT", "channels/general/messages/m_1/reactions/tada")]
    [InlineData("DELETE", "channels/general/messages/m_1")]
    [InlineData("GET", "channels/general/messages")]
    [InlineData("GET", "channels/general")]
    public Task Body_WhereThereIsNone_IsRefused(string method, string path) => server.UnharmedAsync(async () =>
    {
        using var alice = ApiCaller.As(server, "alice");
        (await alice.SendAsync(method, path, """{"userId":"root","role":"admin"}""")).Refused(400, "invalid_payload");
        (await alice.SendAsync(method, path, "{}")).Refused(400, "invalid_payload");
    });

    [Theory]
    [InlineData("/api")]
    [InlineData("/api/v1")]
    [InlineData("/api/v2/channels/general/messages")]
    [InlineData("/api/v1/channels")]
    [InlineData("/api/v1/channels/general/messages/m/x")]
    public Task Path_ThatIsNone_IsNotFound(string path) => server.UnharmedAsync(async () =>
    {
        using var alice = ApiCaller.As(server, "alice");
        (await alice.RawAsync("GET", path)).Refused(404, "not_found");
    });

    [Fact]
    public Task Token_MissingOrWrong_OneAnswerForEveryOperation() => server.UnharmedAsync(async () =>
    {
        var answers = new HashSet<string>();
        foreach (var token in new[] { null, "", "x", server.Token("alice")[..^3] + "AAA" })
        {
            using var nobody = ApiCaller.With(server, token);
            foreach (var (method, path) in new[] { ("GET", Messages), ("POST", Messages), ("GET", "/api/v1/cluster"), ("DELETE", $"{Messages}/m_1") })
                answers.Add((await nobody.RawAsync(method, path)).Refused(401, "unauthorized").Whole);
        }

        Assert.Single(answers);
    });

    [Theory]
    [InlineData(Role.Member)]
    [InlineData(Role.Moderator)]
    [InlineData(Role.Auditor)]
    public Task Cluster_ForAnyoneButAdministrators_IsForbidden(Role role) => server.UnharmedAsync(async () =>
    {
        using var caller = ApiCaller.As(server, "alice", role);
        (await caller.GetAsync("cluster")).Refused(403, "forbidden");
    });

    [Fact]
    public Task Cluster_ForAnAdministrator_ShowsThisNode() => server.UnharmedAsync(async () =>
    {
        using var admin = ApiCaller.As(server, "root", Role.Admin);
        var cluster = (await admin.GetAsync("cluster")).Ok().Json;
        var member = Assert.Single(cluster.GetProperty("members").EnumerateArray());
        Assert.Equal(cluster.GetProperty("self").GetString(), member.GetProperty("address").GetString());
        Assert.Equal("Up", member.GetProperty("status").GetString());
        Assert.True(member.GetProperty("reachable").GetBoolean());
        Assert.StartsWith("0.1.0", cluster.GetProperty("version").GetString(), StringComparison.Ordinal);
    });

    [Fact]
    public Task Answers_OfEveryKind_AreForNoCacheAndNameNoServer() => server.UnharmedAsync(async () =>
    {
        using var alice = ApiCaller.As(server, "alice");
        foreach (var path in new[] { Messages, "/api/v1/nosuch", "/api/v1/cluster", "/api/v1/channels/nosuch/messages", $"{Messages}?limit=x" })
        {
            var answer = await alice.RawAsync("GET", path);
            Assert.Equal("no-store", answer.Header("Cache-Control"));
            Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
            Assert.Null(answer.Header("Server"));
            Assert.Null(answer.Header("X-Powered-By"));
            Assert.Null(answer.Header("Access-Control-Allow-Origin"));
        }
    });

    private async Task<TcpClient> BeginAsync(int length, string sent)
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(server.Endpoint);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {Messages} HTTP/1.1\r\nHost: {server.Endpoint}\r\nAuthorization: Bearer {server.Token("slow")}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{sent}"));
        return socket;
    }

    private static ByteArrayContent Json(string text) =>
        new(Encoding.UTF8.GetBytes(text)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    // A length that is not known beforehand makes HTTP/1.1 send chunks.
    private sealed class ChunkedContent : HttpContent
    {
        private readonly HttpContent _inner;

        public ChunkedContent(HttpContent inner)
        {
            _inner = inner;
            Headers.ContentType = inner.Headers.ContentType;
        }

        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) => _inner.CopyToAsync(stream);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
