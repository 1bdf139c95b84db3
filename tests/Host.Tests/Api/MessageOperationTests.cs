using System.Text.Json;
using QuikApp.Host.Tests.EndToEnd;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Tests.Api;

/// <summary>Messages over HTTP are the messages of sockets.</summary>
[Collection(ApiServerTests.Name)]
public sealed class MessageOperationTests(ApiServer server)
{
    [Fact]
    public async Task Send_AMessage_IsHeardOnSocketsAndAnsweredAsThere()
    {
        var channel = await server.ChannelAsync();
        await server.UnharmedAsync(
            async () =>
            {
                using var bob = await PhoenixClient.ConnectAsync(server, "bob");
                await bob.JoinAsync($"channel:{channel}");
                using var alice = ApiCaller.As(server, "alice");
                var answer = (await alice.PostAsync($"channels/{channel}/messages", """{"content":"hej 👍","mentions":["bob"],"clientId":"c-1"}""")).Ok(201);
                var heard = JsonDocument.Parse(await bob.NextAsync()).RootElement[4];

                Assert.Equal("hej 👍", heard.GetProperty("content").GetString());
                Assert.Equal("alice", heard.GetProperty("userId").GetString());
                foreach (var member in new[] { "id", "seq", "createdAt" })
                    Assert.Equal(heard.GetProperty(member).GetRawText(), answer.Json.GetProperty(member).GetRawText());
                Assert.Equal($"/api/v1/channels/{channel}/messages/{heard.GetProperty("id").GetString()}", answer.Header("Location"));
                Assert.Equal(["id", "seq", "createdAt"], answer.Json.EnumerateObject().Select(p => p.Name));

                var read = (await alice.RawAsync("GET", answer.Header("Location")!)).Ok();
                Assert.Equal("hej 👍", read.Json.GetProperty("content").GetString());
            },
            journaled: 1);
    }

    [Fact]
    public async Task Send_TwiceWithOneKey_HappensOnceAndIsAnsweredTheSame()
    {
        var channel = await server.ChannelAsync();
        await server.UnharmedAsync(
            async () =>
            {
                using var alice = ApiCaller.As(server, "alice");
                using var bob = ApiCaller.As(server, "bob");
                var path = $"channels/{channel}/messages";
                var first = (await alice.PostAsync(path, """{"content":"once"}""", "key 1")).Ok(201);
                Assert.Equal(first.Whole, (await alice.PostAsync(path, """{ "content" : "once" }""", "key 1")).Whole);
                Assert.Equal(first.Whole, (await alice.PostAsync(path, """{"content":"once","clientId":"key 1"}""")).Whole);
                Assert.Equal(first.Whole, (await alice.PostAsync(path, """{"content":"once","clientId":"key 1"}""", "key 1")).Whole);
                (await alice.PostAsync(path, """{"content":"twice"}""", "key 1")).Refused(409, "idempotency_conflict");
                (await alice.PostAsync(path, """{"content":"once","clientId":"key 2"}""", "key 1")).Refused(400, "invalid_payload", "clientId");

                // Another user's key of the same text is another key.
                Assert.NotEqual(first.Body, (await bob.PostAsync(path, """{"content":"once"}""", "key 1")).Ok(201).Body);
            },
            journaled: 2);
    }

    [Fact]
    public async Task Send_TwentyTimesAtOnceWithOneKey_HappensOnce()
    {
        var channel = await server.ChannelAsync();
        await server.UnharmedAsync(
            async () =>
            {
                using var alice = ApiCaller.As(server, "alice");
                var answers = await Task.WhenAll(Enumerable.Range(0, 20)
                    .Select(_ => alice.PostAsync($"channels/{channel}/messages", """{"content":"once"}""", "k")));
                Assert.Single(answers.Select(answer => answer.Ok(201).Whole).Distinct());
            },
            journaled: 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    [InlineData("a\tb")]
    public async Task Send_KeyOutsideTheGrammar_IsRefused(string key)
    {
        await server.UnharmedAsync(async () =>
        {
            using var alice = ApiCaller.As(server, "alice");
            (await alice.PostAsync("channels/general/messages", """{"content":"x"}""", key)).Refused(400, "invalid_payload", "Idempotency-Key");
        });
    }

    [Fact]
    public async Task EditAndDelete_ByRole_AreHeardOnSockets()
    {
        var channel = await server.ChannelAsync();
        using var alice = ApiCaller.As(server, "alice");
        var path = $"channels/{channel}/messages/{await alice.SayAsync(channel, "first")}";
        await server.UnharmedAsync(
            async () =>
            {
                using var ear = await PhoenixClient.ConnectAsync(server, "carol");
                await ear.JoinAsync($"channel:{channel}");
                using var bob = ApiCaller.As(server, "bob");
                using var mona = ApiCaller.As(server, "mona", Role.Moderator);

                (await bob.PatchAsync(path, """{"content":"mine now"}""")).Refused(403, "forbidden");
                (await mona.PatchAsync(path, """{"content":"mine now"}""")).Refused(403, "forbidden");
                (await bob.DeleteAsync(path)).Refused(403, "forbidden");

                Assert.Equal("""{"seq":3}""", (await alice.PatchAsync(path, """{"content":"second"}""")).Ok().Body);
                Assert.Contains("\"message:update\"", await ear.NextAsync(), StringComparison.Ordinal);
                Assert.Equal("second", (await bob.GetAsync(path)).Ok().Json.GetProperty("content").GetString());

                Assert.Equal("""{"seq":4}""", (await mona.DeleteAsync(path)).Ok().Body);
                Assert.Contains("\"message:delete\"", await ear.NextAsync(), StringComparison.Ordinal);
                Assert.Equal("""{"seq":4}""", (await alice.DeleteAsync(path)).Ok().Body);
                Assert.False((await bob.GetAsync(path)).Ok().Json.TryGetProperty("content", out _));
                (await alice.PatchAsync(path, """{"content":"third"}""")).Refused(404, "not_found");
            },
            journaled: 2);
    }

    [Theory]
    [InlineData("%F0%9F%91%8D", "👍")]
    [InlineData("%E2%9D%A4", "❤️")]
    [InlineData("thumbsup", "thumbsup")]
    [InlineData(":tada:", "tada")]
    public async Task Reactions_PutTwiceAndDeleteTwice_ChangeOnceEach(string inPath, string key)
    {
        var channel = await server.ChannelAsync();
        using var alice = ApiCaller.As(server, "alice");
        var message = $"channels/{channel}/messages/{await alice.SayAsync(channel, "react to me")}";
        await server.UnharmedAsync(
            async () =>
            {
                using var bob = ApiCaller.As(server, "bob");
                var reaction = $"{message}/reactions/{inPath}";
                Assert.Equal("""{"seq":3}""", (await bob.PutAsync(reaction)).Ok().Body);
                Assert.Equal("""{"seq":3}""", (await bob.PutAsync(reaction)).Ok().Body);
                Assert.Equal("bob", (await alice.GetAsync(message)).Ok().Json.GetProperty("reactions").GetProperty(key)[0].GetString());
                Assert.Equal("""{"seq":4}""", (await bob.DeleteAsync(reaction)).Ok().Body);
                Assert.Equal("""{"seq":4}""", (await bob.DeleteAsync(reaction)).Ok().Body);
                Assert.False((await alice.GetAsync(message)).Ok().Json.TryGetProperty("reactions", out _));
            },
            journaled: 2);
    }

    [Theory]
    [InlineData("two%20words")]
    [InlineData("__proto__")]
    [InlineData("%F0%9F%91%8D%F0%9F%91%8D")]
    [InlineData("%EF%B8%8F")]
    [InlineData("A")]
    [InlineData("%00")]
    [InlineData("%2F")]
    public async Task Reactions_ThatAreNone_AreRefused(string inPath)
    {
        var channel = await server.ChannelAsync();
        using var alice = ApiCaller.As(server, "alice");
        var message = $"channels/{channel}/messages/{await alice.SayAsync(channel, "react to me")}";
        await server.UnharmedAsync(async () =>
        {
            var answer = await alice.PutAsync($"{message}/reactions/{inPath}");
            // Kestrel itself takes no NUL in a path.
            if (inPath == "%00")
                Assert.Equal(400, answer.Status);
            else
                answer.Refused(400, "invalid_reaction");
        });
    }
}
