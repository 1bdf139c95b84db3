using QuikApp.Host.Sessions;

namespace QuikApp.Host.Tests.EndToEnd;

/// <summary>When a session ends: silence, a newer socket, a node that leaves.</summary>
public sealed class LongPollLifeTests : IAsyncLifetime
{
    private const string Heartbeat = """[null,"1","phoenix","heartbeat",{}]""";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly ShortWindowServer _server = new();

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Poll_NothingCameInTheWindow_Is204WithTheToken()
    {
        using var poll = await LongPollClient.ConnectAsync(_server, "alice");
        var before = poll.Token;
        for (var i = 0; i < 5; i++)
            Assert.Equal($$"""{"messages":[],"status":204,"token":"{{before}}"}""", (await poll.PollAsync()).GetRawText());
    }

    [Fact]
    public async Task Session_WithoutAPoll_EndsThoughPostsCome()
    {
        using var poll = await LongPollClient.ConnectAsync(_server, "alice");
        string answer;
        var (posts, start) = (0, TimeProvider.System.GetTimestamp());
        do
        {
            answer = await poll.PushAsync(Heartbeat);
            posts++;
        }
        while (answer == """{"status":200}""" && TimeProvider.System.GetElapsedTime(start) < Patience);

        Assert.True(posts > 1, "the session was gone before its time");
        Assert.Equal("""{"status":410}""", answer);
        var gone = await poll.PollAsync();
        Assert.Equal(410, gone.GetProperty("status").GetInt32());
        // Not for the answers that it let lie.
        Assert.False(gone.TryGetProperty("code", out _), gone.GetRawText());
        // The new session works.
        Assert.Equal("""{"status":200}""", await poll.PushAsync(Heartbeat));
    }

    [Fact]
    public async Task Session_NeverUsed_TakesNobodysPlace()
    {
        using var first = await LongPollClient.ConnectAsync(_server, "hydra");
        Assert.Equal("""{"status":200}""", await first.PushAsync(Heartbeat));
        // As clients do that are told "gone" and open a session of their own beside the one in the answer.
        for (var i = 0; i < ShortWindowServer.SocketsPerUser; i++)
            (await LongPollClient.ConnectAsync(_server, "hydra")).Dispose();
        Assert.Contains("phx_reply", await first.NextAsync(), StringComparison.Ordinal);
        // Had it been replaced, what waited would have come all the same, and this would not.
        Assert.Equal("""{"status":200}""", await first.PushAsync(Heartbeat));
        Assert.Contains("phx_reply", await first.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_OneSocketTooMany_ClosesTheOldestWhateverItsTransport()
    {
        using var oldest = await LongPollClient.ConnectAsync(_server, "hydra");
        Assert.Equal("""{"status":200}""", await oldest.PushAsync(Heartbeat));
        await oldest.NextAsync();
        var waiting = oldest.GoneAsync();
        using var second = await PhoenixClient.ConnectAsync(_server, "hydra");
        using var third = await LongPollClient.ConnectAsync(_server, "hydra");
        await third.PushAsync(Heartbeat);
        // Silent for long it would end by itself, and leave its place.
        var kept = third.GoneAsync();

        var gone = await waiting.WaitAsync(Patience);
        Assert.Equal(4409, gone.GetProperty("code").GetInt32());
        Assert.Equal("replaced by a newer socket", gone.GetProperty("reason").GetString());
        await second.NothingElseAsync();

        using var fourth = await LongPollClient.ConnectAsync(_server, "hydra");
        await fourth.PushAsync(Heartbeat);
        Assert.Equal(4409, await second.ClosedAsync());
        Assert.False(kept.IsCompleted);
    }

    [Fact]
    public async Task Drain_OfTheNode_EndsPendingPollsAndTellsLaterOnesGone()
    {
        using var waiting = await LongPollClient.ConnectAsync(_server, "alice");
        using var behind = await LongPollClient.ConnectAsync(_server, "bob");
        await waiting.JoinAsync("channel:general");
        await behind.JoinAsync("channel:general");
        // Its answer has not been fetched when the node leaves.
        Assert.Equal("""{"status":200}""", await behind.PushAsync(Heartbeat));
        var pending = waiting.GoneAsync();

        var drained = _server.Service<SessionRegistry>().Drain(Patience, TimeProvider.System);
        Assert.Equal("""{"messages":[],"status":410,"token":null,"code":1012,"reason":"the node is leaving"}""", (await pending.WaitAsync(Patience)).GetRawText());
        Assert.Contains("phx_reply", await behind.NextAsync(), StringComparison.Ordinal);
        Assert.Equal(1012, (await behind.PollAsync()).GetProperty("code").GetInt32());
        await drained.WaitAsync(Patience);

        waiting.Token = "x";
        Assert.Equal("""{"messages":[],"status":410,"token":null}""", (await waiting.PollAsync()).GetRawText());
        Assert.Equal("""{"status":410}""", await waiting.PushAsync(Heartbeat));
        var (head, body) = await Handshake.AnswerAsync(
            _server, Handshake.Request(_server, $"/socket/longpoll?vsn=2.0.0&token={_server.Token("carol")}&", upgrade: []));
        Assert.Equal(503, Handshake.StatusOf(head));
        Assert.Equal("1", Handshake.Header(head, "Retry-After"));
        Assert.Empty(body);
    }

    /// <summary>Windows of a fraction of a second, and places for two sockets a user.</summary>
    private sealed class ShortWindowServer : ProductServer
    {
        public const int SocketsPerUser = 2;

        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
        {
            ["LongPoll:Window"] = "00:00:00.300",
            ["LongPoll:SilentWindows"] = "10",
            ["Limits:SocketsPerUser"] = "2",
            ["Limits:HandshakeBurst"] = "1000000",
        };
    }
}
