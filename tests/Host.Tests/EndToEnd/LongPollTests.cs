using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace QuikApp.Host.Tests.EndToEnd;

/// <summary>What goes over a long poll: the session of a WebSocket, in portions, and nothing lost between two of them.</summary>
[Collection(OpenServerTests.Name)]
public sealed class LongPollTests(OpenServer server)
{
    private const string Taken = """{"status":200}""";

    [Fact]
    public async Task Send_OverLongPoll_ReachesAWebSocketAndBack()
    {
        var topic = $"channel:{await server.ChannelAsync()}";
        await server.UnharmedAsync(
            async () =>
            {
                using var poll = await LongPollClient.ConnectAsync(server, "alice");
                using var socket = await PhoenixClient.ConnectAsync(server, "bob");
                await poll.JoinAsync(topic);
                await socket.JoinAsync(topic);

                Assert.Equal(Taken, await poll.PushAsync($$"""["1","2","{{topic}}","message:send",{"content":"over HTTP 🙂 \"<"}]"""));
                var own = await poll.NextAsync(2);
                Assert.Contains("message:new", own[0], StringComparison.Ordinal);
                Assert.StartsWith($$"""["1","2","{{topic}}","phx_reply",{"status":"ok","response":{"id":""", own[1], StringComparison.Ordinal);
                Assert.Equal(await socket.NextAsync(), own[0]);

                await socket.SendAsync($$"""["1","3","{{topic}}","message:send",{"content":"over a socket"}]""");
                Assert.Equal(await socket.NextAsync(), await poll.NextAsync());
            },
            journaled: 2);
    }

    [Fact]
    public async Task Poll_ThatWaits_IsWokenByAMessage()
    {
        var topic = $"channel:{await server.ChannelAsync()}";
        using var poll = await LongPollClient.ConnectAsync(server, "alice");
        using var socket = await PhoenixClient.ConnectAsync(server, "bob");
        await poll.JoinAsync(topic);
        await socket.JoinAsync(topic);
        // A poll that waits brings the window's 204 after 10 s, far later than what is asserted here.
        var waiting = poll.PollAsync();
        await socket.SendAsync($$"""["1","2","{{topic}}","message:send",{"content":"now"}]""");
        var answer = await waiting.WaitAsync(TimeSpan.FromSeconds(8));
        Assert.Equal(200, answer.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Answer_ThatDidNotArrive_IsGivenAgainUntilItIsAcknowledged()
    {
        var topic = $"channel:{await server.ChannelAsync()}";
        using var poll = await LongPollClient.ConnectAsync(server, "alice");
        using var socket = await PhoenixClient.ConnectAsync(server, "bob");
        await poll.JoinAsync(topic);
        await socket.JoinAsync(topic);
        await socket.PushAsync(topic, "message:send", """{"content":"one"}""", "a");

        // As if each answer had been lost on its way: the client asks again with the token that it had.
        var before = poll.Token;
        var first = await poll.PollAsync();
        poll.Token = before;
        Assert.Equal(Messages(first), Messages(await poll.PollAsync()));
        await socket.PushAsync(topic, "message:send", """{"content":"two"}""", "b");
        poll.Token = before;
        var both = await poll.PollAsync();
        Assert.Equal(Messages(first), Messages(both).Take(1));
        Assert.Equal(2, Messages(both).Count);

        // Once acknowledged they are gone, also for a request that is older.
        var acknowledged = poll.Token;
        Assert.Equal(Taken, await poll.PushAsync("""[null,"9","phoenix","heartbeat",{}]"""));
        Assert.Equal(["""[null,"9","phoenix","phx_reply",{"status":"ok","response":{}}]"""], Messages(await poll.PollAsync()));
        poll.Token = before;
        Assert.Single(Messages(await poll.PollAsync()));
        Assert.NotEqual(before, acknowledged);
    }

    [Fact]
    public async Task Poll_ThatTheClientAborts_LosesNothing()
    {
        var topic = $"channel:{await server.ChannelAsync()}";
        using var poll = await LongPollClient.ConnectAsync(server, "alice");
        using var socket = await PhoenixClient.ConnectAsync(server, "bob");
        await poll.JoinAsync(topic);
        await socket.JoinAsync(topic);
        var sent = new List<string>();
        for (var i = 0; i < 10; i++)
        {
            // Asks, and goes without reading what it is answered: now before the answer, now after it.
            using var aborted = new TcpClient();
            await aborted.ConnectAsync(server.Endpoint);
            await aborted.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Handshake.Request(server, poll.Path, upgrade: [])));
            await socket.SendAsync($$"""["1","{{i}}","{{topic}}","message:send",{"content":"{{i}}"}]""");
            sent.Add(await socket.NextAsync());
            if (i % 2 == 0)
                aborted.Close();
            await socket.NextAsync();
        }

        Assert.Equal(sent, await poll.NextAsync(sent.Count));
    }

    [Fact]
    public async Task Polls_TwoAtOnce_TheNewerGetsTheMessageAndTheOlderEnds204()
    {
        var topic = $"channel:{await server.ChannelAsync()}";
        using var poll = await LongPollClient.ConnectAsync(server, "alice");
        await poll.JoinAsync(topic);
        using var twin = new LongPollClient(server, accessToken: null) { Token = poll.Token };
        var older = poll.PollAsync();
        // Nothing shows that the older has come; the newer may overtake it, and then is the older one.
        var newer = twin.PollAsync();
        var first = await (await Task.WhenAny(older, newer));
        Assert.Equal("""{"messages":[],"status":204,"token":"TOKEN"}""", first.GetRawText().Replace(first.GetProperty("token").GetString()!, "TOKEN", StringComparison.Ordinal));
        Assert.Equal(Taken, await poll.PushAsync("""[null,"1","phoenix","heartbeat",{}]"""));
        var second = await (older.IsCompleted && (await older).GetRawText() == first.GetRawText() ? newer : older);
        Assert.Single(Messages(second));
    }

    [Fact]
    public async Task Resume_AfterTheSession_GivesWhatWasMissed()
    {
        var topic = $"channel:{await server.ChannelAsync()}";
        using var socket = await PhoenixClient.ConnectAsync(server, "bob");
        await socket.JoinAsync(topic);
        long seq;
        using (var poll = await LongPollClient.ConnectAsync(server, "alice"))
            seq = (await poll.JoinAsync(topic)).GetProperty("head").GetInt64();
        for (var i = 0; i < 5; i++)
            await socket.PushAsync(topic, "message:send", $$"""{"content":"{{i}}"}""", $"s{i}");

        using var again = await LongPollClient.ConnectAsync(server, "alice");
        var reply = await again.JoinAsync(topic, payload: $$"""{"since":{{seq}}}""");
        Assert.Equal("complete", reply.GetProperty("replay").GetProperty("status").GetString());
        var frames = await again.NextAsync(6);
        Assert.Equal(
            [.. Enumerable.Range(1, 5).Select(i => seq + i)],
            frames.Take(5).Select(frame => JsonDocument.Parse(frame).RootElement[4].GetProperty("seq").GetInt64()));
        Assert.Contains("replay:done", frames[5], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resume_OfMoreThanWaitsForAReader_ComesInPortions()
    {
        var topic = $"channel:{await server.ChannelAsync()}";
        using var socket = await PhoenixClient.ConnectAsync(server, "bob");
        await socket.JoinAsync(topic);
        var content = new string('x', 16_000);
        // 60 messages of 16 kB: near four times what this server queues, in one page of the replay.
        for (var i = 0; i < 60; i++)
            await socket.PushAsync(topic, "message:send", $$"""{"content":"{{content}}"}""", $"s{i}");

        using var poll = await LongPollClient.ConnectAsync(server, "alice");
        await poll.JoinAsync(topic, payload: """{"since":0}""");
        var frames = await poll.NextAsync(62);
        Assert.Equal(
            [.. Enumerable.Range(1, 61).Select(i => (long)i)],
            frames.Take(61).Select(frame => JsonDocument.Parse(frame).RootElement[4].GetProperty("seq").GetInt64()));
        Assert.Contains("replay:done", frames[61], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reader_TooFarBehind_EndsWith4410AndResumesWithoutLoss()
    {
        var topic = $"channel:{await server.ChannelAsync()}";
        using var poll = await LongPollClient.ConnectAsync(server, "alice");
        using var socket = await PhoenixClient.ConnectAsync(server, "bob");
        var head = (await poll.JoinAsync(topic)).GetProperty("head").GetInt64();
        await socket.JoinAsync(topic);
        var content = new string('x', 16_000);
        for (var i = 0; i < 20; i++)
            await socket.PushAsync(topic, "message:send", $$"""{"content":"{{content}}"}""", $"s{i}");

        // What waited is dropped with the session, as with a socket that is cut.
        var gone = await poll.PollAsync();
        Assert.Equal(410, gone.GetProperty("status").GetInt32());
        Assert.Equal(4410, gone.GetProperty("code").GetInt32());
        Assert.NotNull(poll.Token);

        // The answer brought a new session: it goes on with that.
        await poll.JoinAsync(topic, payload: $$"""{"since":{{head}}}""");
        var frames = await poll.NextAsync(21);
        Assert.Equal(
            [.. Enumerable.Range(1, 20).Select(i => head + i)],
            frames.Take(20).Select(frame => JsonDocument.Parse(frame).RootElement[4].GetProperty("seq").GetInt64()));
    }

    [Fact]
    public Task VersionOne_OverLongPoll_SpeaksObjects() => server.UnharmedAsync(async () =>
    {
        using var poll = await LongPollClient.ConnectAsync(server, "alice", vsn: "1.0.0");
        const string Heartbeat = """{"topic":"phoenix","event":"heartbeat","payload":{},"ref":"1"}""";
        const string Reply = """{"topic":"phoenix","event":"phx_reply","payload":{"status":"ok","response":{}},"ref":"1"}""";
        Assert.Equal(Taken, await poll.PostAsync(Heartbeat, "application/json"));
        Assert.Equal(Reply, await poll.NextAsync());
        Assert.Equal(Taken, await poll.PushAsync(Heartbeat, Heartbeat));
        Assert.Equal([Reply, Reply], await poll.NextAsync(2));
    });

    [Fact]
    public Task Token_Ends_TheSessionIsGone4401AndNoOtherIsGiven() => server.UnharmedAsync(async () =>
    {
        using var poll = await LongPollClient.ConnectAsync(server, "alice", life: TimeSpan.FromSeconds(3));
        await poll.JoinAsync("channel:general");
        Assert.Contains("token:expiring", await poll.NextAsync(), StringComparison.Ordinal);
        Assert.Equal("""{"messages":[],"status":410,"token":null,"code":4401,"reason":"token expired"}""", (await poll.GoneAsync()).GetRawText());
        Assert.Equal("""{"status":403}""", (await poll.PollAsync()).GetRawText());
    });

    [Fact]
    public Task Token_Refreshed_KeepsTheSessionThoughTheQueryHoldsTheOldOne() => server.UnharmedAsync(async () =>
    {
        using var poll = await LongPollClient.ConnectAsync(server, "alice", life: TimeSpan.FromSeconds(3));
        using var witness = await LongPollClient.ConnectAsync(server, "bob", life: TimeSpan.FromSeconds(4));
        await witness.JoinAsync("channel:general");
        await poll.JoinAsync("channel:general");
        await poll.NextAsync();
        await poll.PushAsync($$"""["1","2","channel:general","access_token",{"access_token":"{{server.Token("alice")}}"}]""");
        Assert.Contains("\"ok\"", await poll.NextAsync(), StringComparison.Ordinal);
        await witness.GoneAsync();
        await poll.PushAsync("""[null,"9","phoenix","heartbeat",{}]""");
        Assert.Contains("\"9\"", await poll.NextAsync(), StringComparison.Ordinal);
    });

    private static List<string> Messages(JsonElement answer) => [.. answer.GetProperty("messages").EnumerateArray().Select(m => m.GetString()!)];
}
