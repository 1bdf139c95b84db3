using System.Text.Json;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Tests.EndToEnd;

/// <summary>Who may do what, asked over the wire.</summary>
[Collection(OpenServerTests.Name)]
public sealed class ConversationFactTests(OpenServer server)
{
    private const string NotFound = """{"status":"error","response":{"reason":"not_found"}}""";
    private const string Forbidden = """{"status":"error","response":{"reason":"forbidden"}}""";

    [Theory]
    [InlineData("message:update", """{"id":"nosuch","content":"x"}""")]
    [InlineData("message:delete", """{"id":"nosuch"}""")]
    [InlineData("message:reaction", """{"messageId":"nosuch","emoji":"thumbsup","action":"add"}""")]
    [InlineData("message:reaction", """{"messageId":"nosuch","emoji":"thumbsup","action":"remove"}""")]
    public Task Push_MessageThatIsNotThere_IsNotFound(string name, string payload) => server.UnharmedAsync(async () =>
    {
        using var client = await PhoenixClient.ConnectAsync(server, "alice");
        await client.JoinAsync("channel:general");
        Assert.Equal(NotFound, (await client.PushAsync("channel:general", name, payload)).GetRawText());
    });

    [Fact]
    public async Task Push_MessageOfAnotherChannel_IsNotFound()
    {
        var (_, id) = await MessageAsync();
        await server.UnharmedAsync(async () =>
        {
            // Even its own author, elsewhere.
            using var client = await PhoenixClient.ConnectAsync(server, "author");
            await client.JoinAsync("channel:general");
            Assert.Equal(NotFound, (await client.PushAsync("channel:general", "message:delete", $$"""{"id":"{{id}}"}""")).GetRawText());
            Assert.Equal(NotFound, (await client.PushAsync("channel:general", "message:update", $$"""{"id":"{{id}}","content":"y"}""")).GetRawText());
        });
    }

    [Theory]
    [InlineData(Role.Member, Forbidden, Forbidden)]
    [InlineData(Role.Auditor, Forbidden, Forbidden)]
    [InlineData(Role.Moderator, Forbidden, null)]
    [InlineData(Role.Admin, Forbidden, null)]
    public async Task EditAndDelete_OfAnothersMessage_DependOnTheRole(Role role, string edited, string? deleted)
    {
        var (topic, id) = await MessageAsync();
        await server.UnharmedAsync(
            async () =>
            {
                using var client = await PhoenixClient.ConnectAsync(server, "other", role: role);
                await client.JoinAsync(topic);
                Assert.Equal(edited, (await client.PushAsync(topic, "message:update", $$"""{"id":"{{id}}","content":"y"}""", "a")).GetRawText());
                Assert.Equal(
                    deleted ?? """{"status":"ok","response":{"seq":3}}""",
                    (await client.PushAsync(topic, "message:delete", $$"""{"id":"{{id}}"}""", "b")).GetRawText());
            },
            journaled: deleted is null ? 1 : 0);
    }

    [Fact]
    public async Task Push_DeletedMessage_CannotComeBack()
    {
        var (topic, id) = await MessageAsync();
        await server.UnharmedAsync(
            async () =>
            {
                using var author = await PhoenixClient.ConnectAsync(server, "author");
                await author.JoinAsync(topic);
                var first = await author.PushAsync(topic, "message:delete", $$"""{"id":"{{id}}"}""", "a");
                Assert.Equal("ok", first.GetProperty("status").GetString());
                Assert.Equal(first.GetRawText(), (await author.PushAsync(topic, "message:delete", $$"""{"id":"{{id}}"}""", "b")).GetRawText());
                Assert.Equal(NotFound, (await author.PushAsync(topic, "message:update", $$"""{"id":"{{id}}","content":"y"}""", "c")).GetRawText());
                Assert.Equal(NotFound, (await author.PushAsync(topic, "message:reaction", $$"""{"messageId":"{{id}}","emoji":"tada","action":"add"}""", "d")).GetRawText());
            },
            journaled: 1);
    }

    [Theory]
    [InlineData("\"1\"", "{}")]
    [InlineData("null", "{}")]
    [InlineData("\"1\"", """{"since":0}""")]
    [InlineData("\"1\"", """{"since":9007199254740991,"mode":"compact"}""")]
    public async Task Join_NotAllowed_SameBytesAsForAChannelThatIsNotThere(string joinRef, string payload)
    {
        var secret = await server.ChannelAsync("alice");
        await server.UnharmedAsync(async () =>
        {
            using var outsider = await PhoenixClient.ConnectAsync(server, "mallory");
            using var moderator = await PhoenixClient.ConnectAsync(server, "mona", role: Role.Moderator);
            using var foreigner = await PhoenixClient.ConnectWithAsync(server, server.Token("frank", workspace: "other"));
            foreach (var client in new[] { outsider, moderator, foreigner })
            {
                var answers = new HashSet<string>();
                foreach (var channel in new[] { secret, "nosuch", "not an id", new string('a', 65) })
                {
                    var answer = await client.AskAsync($$"""[{{joinRef}},"1","channel:{{channel}}","phx_join",{{payload}}]""");
                    answers.Add(answer.Replace(channel, "X", StringComparison.Ordinal));
                }

                Assert.Equal([$$$"""[{{{joinRef}}},"1","channel:X","phx_reply",{"status":"error","response":{"reason":"unauthorized"}}]"""], answers);
            }

            // A public channel of another workspace is no different.
            Assert.Contains("\"unauthorized\"", await foreigner.AskAsync("""["1","1","channel:general","phx_join",{}]"""), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task RemoveMember_WhileJoined_IsClosedAndHearsNothingMore()
    {
        var channel = await server.ChannelAsync("alice", "bob");
        var topic = $"channel:{channel}";
        await server.UnharmedAsync(
            async () =>
            {
                using var alice = await PhoenixClient.ConnectAsync(server, "alice");
                using var bob = await PhoenixClient.ConnectAsync(server, "bob");
                await alice.JoinAsync(topic);
                await bob.JoinAsync(topic);
                await server.RemoveMemberAsync(channel, "bob");

                Assert.Contains("\"member:left\"", await bob.NextAsync(), StringComparison.Ordinal);
                Assert.Equal($$"""["1","1","{{topic}}","phx_close",{}]""", await bob.NextAsync());
                Assert.Equal("ok", (await alice.PushAsync(topic, "message:send", """{"content":"at last"}""")).GetProperty("status").GetString());
                Assert.Equal(
                    $$$"""[null,"2","{{{topic}}}","phx_reply",{"status":"error","response":{"reason":"unmatched topic"}}]""",
                    await bob.AskAsync($$"""["1","2","{{topic}}","message:send",{"content":"still here"}]"""));
                Assert.Equal(
                    $$$"""["3","3","{{{topic}}}","phx_reply",{"status":"error","response":{"reason":"unauthorized"}}]""",
                    await bob.AskAsync($$"""["3","3","{{topic}}","phx_join",{"since":0}]"""));
                await bob.NothingElseAsync();
            },
            journaled: 2);
    }

    [Fact]
    public async Task RemoveMember_PushesPipelinedOverTheRemoval_NoneIsLostWithoutAnAnswer()
    {
        var channel = await server.ChannelAsync("alice", "bob");
        var topic = $"channel:{channel}";
        using var bob = await PhoenixClient.ConnectAsync(server, "bob");
        await bob.JoinAsync(topic);
        var before = server.CountRows();
        var removing = server.RemoveMemberAsync(channel, "bob");
        await bob.SendAsync([.. Enumerable.Range(0, 50).Select(i => $$"""["1","s{{i}}","{{topic}}","message:send",{"content":"{{i}}"}]""")]);
        await removing;

        var (accepted, answered) = (0, 0);
        var closed = false;
        while (answered < 50)
        {
            var frame = JsonDocument.Parse(await bob.NextAsync()).RootElement;
            closed |= frame[3].GetString() == "phx_close";
            Assert.False(closed && frame[3].GetString() == "message:new", "an event came behind the close");
            if (frame[3].GetString() != "phx_reply")
                continue;
            answered++;
            var response = frame[4].GetProperty("response");
            if (frame[4].GetProperty("status").GetString() == "ok")
                accepted++;
            else
                Assert.Contains(response.GetProperty("reason").GetString(), new[] { "unauthorized", "unmatched topic" });
        }

        // Every acknowledged one is a row, and nothing else is, but the removal.
        Assert.Equal(before + accepted + 1, server.CountRows());
    }

    private async Task<(string Topic, string Message)> MessageAsync()
    {
        var topic = $"channel:{await server.ChannelAsync()}";
        using var author = await PhoenixClient.ConnectAsync(server, "author");
        await author.JoinAsync(topic);
        var reply = await author.PushAsync(topic, "message:send", """{"content":"x"}""");
        return (topic, reply.GetProperty("response").GetProperty("id").GetString()!);
    }
}
