using System.Globalization;
using System.Text.Json;
using Akka.Actor;
using QuikApp.Actors.Conversations;
using QuikApp.Host.Sessions;
using QuikApp.Protocol.Identity;
using static QuikApp.Actors.Conversations.ConversationMessages;
using static QuikApp.Host.Tests.EndToEnd.Handshake;

namespace QuikApp.Host.Tests.EndToEnd;

/// <summary>The default limits. Buckets refill while a test runs, so counts have a lower bound that is exact and an upper one that is not.</summary>
[Collection(StrictServerTests.Name)]
public sealed class LimitTests(StrictServer server)
{
    private const int Slack = 20;

    [Fact]
    public Task Events_61InABurst_TheLastIsRateLimitedAndTheSocketLives() => server.UnharmedAsync(async () =>
    {
        using var client = await PhoenixClient.ConnectAsync(server, "burst");
        await client.JoinAsync("channel:general");
        const int Count = 59 + Slack;
        await client.SendAsync([.. Enumerable.Range(0, Count).Select(i => $$"""["1","{{i}}","channel:general","nosuch",{}]""")]);
        var answers = await client.NextAsync(Count);
        Assert.All(answers.Take(59), answer => Assert.Contains("\"invalid_event\"", answer, StringComparison.Ordinal));

        var limited = answers.Select((text, i) => (text, i)).Where(a => a.text.Contains("rate_limited", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(limited);
        foreach (var (text, i) in limited)
        {
            var wait = JsonDocument.Parse(text).RootElement[4].GetProperty("response").GetProperty("retry_after_ms").GetInt64();
            Assert.InRange(wait, 1, 100);
            Assert.Equal(
                $$$"""[null,"{{{i}}}","channel:general","phx_reply",{"status":"error","response":{"reason":"rate_limited","retry_after_ms":{{{wait}}}}}]""", text);
        }

        // A heartbeat is no event: the client must not lose its socket for being told to wait.
        await client.NothingElseAsync();
    });

    [Fact]
    public Task Events_100BeyondTheBurst_Close4429() => server.UnharmedAsync(async () =>
    {
        using var client = await PhoenixClient.ConnectAsync(server, "flood");
        await client.SendAsync([.. Enumerable.Range(0, 160 + Slack).Select(i => $$"""["1","{{i}}","nosuch:1","nosuch",{}]""")]);
        var (code, texts) = await client.ReadToCloseAsync();
        Assert.Equal(4429, code);
        Assert.Equal(100, texts.Count(text => text.Contains("rate_limited", StringComparison.Ordinal)));
    });

    [Fact]
    public async Task Sends_11InABurst_AreLimitedForTheUserAndChannelOverAllSockets()
    {
        var (topic, other) = ($"channel:{await server.ChannelAsync()}", $"channel:{await server.ChannelAsync()}");
        await server.UnharmedAsync(async () =>
        {
            using var desk = await PhoenixClient.ConnectAsync(server, "chatty");
            using var phone = await PhoenixClient.ConnectAsync(server, "chatty");
            using var friend = await PhoenixClient.ConnectAsync(server, "quiet");
            await desk.JoinAsync(topic);
            await phone.JoinAsync(topic);
            await phone.JoinAsync(other, "2");
            await friend.JoinAsync(topic);
            var first = await RepliesAsync(desk, topic, 5);
            Assert.Equal(5, first.Count(status => status == "ok"));
            var then = await RepliesAsync(phone, topic, 5 + Slack);
            Assert.All(then.Take(5), status => Assert.Equal("ok", status));
            Assert.Contains("error", then);

            // Another channel, and another user, have their own.
            Assert.Equal(["ok"], await RepliesAsync(phone, other, 1));
            Assert.Equal(["ok"], await RepliesAsync(friend, topic, 1));
            return first.Concat(then).Count(status => status == "ok") + 2;
        });
    }

    // Who waits for a conversation that moved has paid once.
    [Fact]
    public async Task Sends_AskedAgainByTheNode_AreNotLimited()
    {
        var stream = StreamId.Of(ChannelId.Parse(await server.ChannelAsync()));
        var services = server.Service<SessionServicesSource>().Current!;
        var who = new Requester(UserId.Parse("patient"), [WorkspaceId.Parse("demo")], Role.Member);
        var asked = Enumerable.Range(0, 60).Select(i =>
        {
            var send = new ConversationCommand.Send(who, services.Conversation.Ids.NewMessage(), "x", [], [], $"{i}");
            return services.Conversations.Ask<Executed>(
                self => new Execute(stream, send, i, self, Via: null) { IsRepeat = true }, timeout: null, CancellationToken.None);
        });

        Assert.All(await Task.WhenAll(asked), answer => Assert.Null(answer.Refusal));
    }

    [Fact]
    public Task Sockets_The11thOfAUser_ClosesTheOldest4409() => server.UnharmedAsync(async () =>
    {
        var sockets = new List<PhoenixClient>();
        try
        {
            for (var i = 0; i < 11; i++)
                sockets.Add(await PhoenixClient.ConnectAsync(server, "hydra"));
            Assert.Equal(4409, await sockets[0].ClosedAsync());
            foreach (var socket in sockets.Skip(1))
                await socket.NothingElseAsync();
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    });

    [Fact]
    public Task Handshakes_The201stOfAnAddress_Is429WithRetryAfter() => server.UnharmedAsync(async () =>
    {
        var path = $"/socket/websocket?vsn=2.0.0&token={server.Token("knock")}";
        var request = Request(server, path, headers: [$"X-Forwarded-For: {AddressOf("knocker")}"], upgrade: ["Connection: close"]);
        var refused = "";
        for (var i = 0; i < 300 && refused.Length == 0; i++)
        {
            var (head, body) = await AnswerAsync(server, request);
            if (StatusOf(head) == 400)
                continue;
            Assert.True(i >= 200, $"handshake {i + 1} was refused");
            Assert.Empty(body);
            refused = head;
        }

        Assert.Equal(429, StatusOf(refused));
        Assert.Equal("0", Header(refused, "Content-Length"));
        Assert.InRange(int.Parse(Header(refused, "Retry-After")!, CultureInfo.InvariantCulture), 1, 60);
        // Other addresses have their own.
        Assert.Equal(101, StatusOf((await AnswerAsync(server, Request(server, path, headers: [$"X-Forwarded-For: {AddressOf("neighbour")}"]))).Head));
    });

    private static async Task<IReadOnlyList<string>> RepliesAsync(PhoenixClient client, string topic, int count)
    {
        await client.SendAsync([.. Enumerable.Range(0, count).Select(i => $$"""[null,"r{{i}}","{{topic}}","message:send",{"content":"x"}]""")]);
        var statuses = new string?[count];
        for (var answered = 0; answered < count;)
        {
            var frame = JsonDocument.Parse(await client.NextAsync()).RootElement;
            if (frame[3].GetString() != "phx_reply" || frame[2].GetString() != topic)
                continue;
            var status = frame[4].GetProperty("status").GetString();
            if (status == "error")
            {
                Assert.Equal("rate_limited", frame[4].GetProperty("response").GetProperty("reason").GetString());
                Assert.InRange(frame[4].GetProperty("response").GetProperty("retry_after_ms").GetInt64(), 1, 500);
            }

            statuses[int.Parse(frame[1].GetString()![1..], CultureInfo.InvariantCulture)] = status;
            answered++;
        }

        return statuses!;
    }
}
