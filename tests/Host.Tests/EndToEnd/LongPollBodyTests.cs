using System.Net;
using System.Text;

namespace QuikApp.Host.Tests.EndToEnd;

/// <summary>Bodies of POSTs, right and wrong: each has its exact answer, and no wrong one costs the session.</summary>
[Collection(OpenServerTests.Name)]
public sealed class LongPollBodyTests(OpenServer server)
{
    private const string Lines = "application/x-ndjson";
    private const string Taken = """{"status":200}""";
    private const string Beat = """[null,"1","phoenix","heartbeat",{}]""";
    private const string Answer = """[null,"1","phoenix","phx_reply",{"status":"ok","response":{}}]""";

    [Theory]
    [InlineData(Lines, Beat, 1)]
    [InlineData(Lines, Beat + "\n" + Beat, 2)]
    [InlineData(Lines, Beat + "\n", 1)]
    [InlineData(Lines, Beat + "\r\n" + Beat + "\r\n", 2)]
    [InlineData(Lines, "\n\n  " + Beat + "  \n \t\n" + Beat + "\n\n", 2)]
    [InlineData(Lines + "; charset=utf-8", Beat + "\n" + Beat, 2)]
    [InlineData("APPLICATION/X-NDJSON;charset=\"UTF-8\"", Beat + "\n" + Beat, 2)]
    [InlineData("application/json", Beat, 1)]
    [InlineData("application/json", " [ null,\n\"1\",\n\"phoenix\",\n\"heartbeat\",\n{} ]\n", 1)]
    [InlineData("text/plain", Beat, 1)]
    [InlineData(null, Beat, 1)]
    public Task Body_OfMessages_IsTaken(string? contentType, string body, int messages) => server.UnharmedAsync(async () =>
    {
        using var poll = await LongPollClient.ConnectAsync(server, "alice");
        Assert.Equal(Taken, await poll.PostAsync(body, contentType));
        Assert.Equal(Enumerable.Repeat(Answer, messages), await poll.NextAsync(messages));
    });

    [Theory]
    [InlineData(Lines, "", """{"status":400,"reason":"the body is empty"}""")]
    [InlineData(Lines, "\n \n", """{"status":400,"reason":"the body is empty"}""")]
    [InlineData(null, "", """{"status":400,"reason":"the body is empty"}""")]
    [InlineData(Lines, "[", """{"status":400,"reason":"malformed frame","message":1}""")]
    [InlineData(Lines, Beat + "\n{\"a\":1}", """{"status":400,"reason":"malformed frame","message":2}""")]
    [InlineData(Lines, Beat + "\n\n[1,2,3]", """{"status":400,"reason":"malformed frame","message":2}""")]
    [InlineData(Lines, Beat + "\nping", """{"status":400,"reason":"malformed frame","message":2}""")]
    [InlineData(Lines, Beat + "\npings", """{"status":400,"reason":"neither JSON nor base64","line":2}""")]
    [InlineData(Lines, "\"text\"", """{"status":400,"reason":"neither JSON nor base64","line":1}""")]
    [InlineData(Lines, "AAAA", """{"status":400,"reason":"malformed frame","message":1}""")]
    [InlineData("application/json", "null", """{"status":400,"reason":"malformed frame","message":1}""")]
    [InlineData("application/json", Beat + "\n" + Beat, """{"status":400,"reason":"malformed frame","message":1}""")]
    [InlineData("application/json", "AAAA", """{"status":400,"reason":"malformed frame","message":1}""")]
    public Task Body_ThatIsNone_IsRefusedWholeAndTheSessionLives(string? contentType, string body, string expected) => server.UnharmedAsync(async () =>
    {
        using var poll = await LongPollClient.ConnectAsync(server, "alice");
        Assert.Equal(expected, await poll.PostAsync(body, contentType));
        // Nothing of it was handled: what comes is the answer to the next one alone.
        Assert.Equal(Taken, await poll.PushAsync("""[null,"after","phoenix","heartbeat",{}]"""));
        Assert.Contains("\"after\"", await poll.NextAsync(), StringComparison.Ordinal);
    });

    [Fact]
    public Task Body_NotUtf8_IsRefused() => server.UnharmedAsync(async () =>
    {
        using var poll = await LongPollClient.ConnectAsync(server, "alice");
        using var content = new ByteArrayContent([.. "[null,\"1\",\"phoenix\",\"heartbeat\",\""u8, 0xC3, 0x28, .. "\"]"u8]);
        Assert.Equal("""{"status":400,"reason":"malformed frame","message":1}""", await poll.PostAsync(content));
        using var marked = new ByteArrayContent([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Beat)]);
        Assert.Equal("""{"status":400,"reason":"malformed frame","message":1}""", await poll.PostAsync(marked));
    });

    [Fact]
    public Task Body_Of100Lines_IsTakenAnd101AreRefused() => server.UnharmedAsync(async () =>
    {
        using var poll = await LongPollClient.ConnectAsync(server, "alice");
        Assert.Equal(
            """{"status":413,"reason":"too many lines","line":101}""",
            await poll.PushAsync([.. Enumerable.Repeat(Beat, 101)]));
        Assert.Equal(Taken, await poll.PushAsync([.. Enumerable.Repeat(Beat, 100)]));
        Assert.Equal(100, (await poll.NextAsync(100)).Count);
    });

    [Fact]
    public Task Body_BinaryFramesInBase64_AreRead() => server.UnharmedAsync(async () =>
    {
        using var poll = await LongPollClient.ConnectAsync(server, "alice");
        // kind 0, no join_ref, ref "1", topic "phoenix", event "heartbeat", no data.
        byte[] frame = [0, 0, 1, 7, 9, .. "1phoenixheartbeat"u8];
        Assert.Equal(Taken, await poll.PushAsync(Convert.ToBase64String(frame), Beat));
        Assert.Equal([Answer, Answer], [.. (await poll.NextAsync(2)).Select(text => text.Replace("\"\",", "null,", StringComparison.Ordinal))]);
    });

    [Theory]
    [InlineData(65_536, true)]
    [InlineData(65_537, false)]
    public Task Body_MessageOfTheLengthOfASockets_IsTheLongest(int length, bool taken) => server.UnharmedAsync(async () =>
    {
        using var poll = await LongPollClient.ConnectAsync(server, "alice");
        var (head, tail) = ("[null,\"1\",\"phoenix\",\"heartbeat\",\"", "\"]");
        var message = head + new string('x', length - head.Length - tail.Length) + tail;
        Assert.Equal(taken ? Taken : """{"status":413,"reason":"the message is too long","line":2}""", await poll.PushAsync(Beat, message));
        if (!taken)
            Assert.Equal("""{"status":413,"reason":"the message is too long"}""", await poll.PostAsync(message, "application/json"));
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Body_OverAMegabyte_IsRefusedUnread(bool withLength) => server.UnharmedAsync(async () =>
    {
        using var poll = await LongPollClient.ConnectAsync(server, "alice");
        var body = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(Beat + "\n", 40_000)));
        using HttpContent content = withLength ? new ByteArrayContent(body) : new Chunked(body);
        Assert.Equal("""{"status":413,"reason":"the body is too long"}""", await poll.PostAsync(content, Lines));
        Assert.Equal(Taken, await poll.PushAsync(Beat));
        Assert.Equal(Answer, await poll.NextAsync());
    });

    [Fact]
    public Task Body_WithoutASession_Is410WhateverItIs() => server.UnharmedAsync(async () =>
    {
        using var poll = new LongPollClient(server, server.Token("alice"));
        Assert.Equal("""{"status":410}""", await poll.PushAsync(Beat));
        Assert.Equal("""{"status":410}""", await poll.PostAsync("nonsense", "application/json"));
    });

    [Fact]
    public Task Posts_ManyAtOnce_AreEachTakenOrRefusedWhole() => server.UnharmedAsync(async () =>
    {
        using var poll = await LongPollClient.ConnectAsync(server, "alice");
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => poll.PushAsync($$"""[null,"{{i}}","phoenix","heartbeat",{}]""")));
        Assert.All(answers, answer => Assert.Equal(Taken, answer));
        var frames = await poll.NextAsync(50);
        Assert.Equal(50, frames.Distinct().Count());
    });

    [Theory]
    [InlineData("Transfer-Encoding: chunked", "zz\r\n[1]\r\n0\r\n\r\n")]
    [InlineData("Content-Length: nine", "[1]")]
    [InlineData("Content-Length: -1", "[1]")]
    public Task Body_ThatIsNoHttp_Is400AndTheSessionLives(string header, string body) => server.UnharmedAsync(async () =>
    {
        using var poll = await LongPollClient.ConnectAsync(server, "alice");
        var (head, _) = await Handshake.AnswerAsync(server, Handshake.Request(server, poll.Path, "POST", [header], []) + body);
        Assert.Equal(400, Handshake.StatusOf(head));
        Assert.Equal(Taken, await poll.PushAsync(Beat));
    });

    [Fact]
    public Task Body_CutOffByItsClient_LeavesTheSessionAsItWas() => server.UnharmedAsync(async () =>
    {
        using var poll = await LongPollClient.ConnectAsync(server, "alice");
        using (var socket = new System.Net.Sockets.TcpClient())
        {
            await socket.ConnectAsync(server.Endpoint);
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                Handshake.Request(server, poll.Path, "POST", ["Content-Length: 100"], []) + Beat));
        }

        Assert.Equal(Taken, await poll.PushAsync("[null,\"2\",\"phoenix\",\"heartbeat\",{}]"));
        Assert.Contains("\"2\"", await poll.NextAsync(), StringComparison.Ordinal);
    });

    // Without a length: the server learns only by reading that it is too much.
    private sealed class Chunked(byte[] body) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(body).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
