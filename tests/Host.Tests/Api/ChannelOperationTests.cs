using QuikApp.Host.Tests.EndToEnd;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Tests.Api;

/// <summary>Channels and their members over HTTP.</summary>
[Collection(ApiServerTests.Name)]
public sealed class ChannelOperationTests(ApiServer server)
{
    private const string Create = "workspaces/demo/channels";

    [Fact]
    public Task Create_PublicChannel_IsOpenToTheWorkspace() => server.UnharmedAsync(
        async () =>
        {
            using var alice = ApiCaller.As(server, "alice");
            using var bob = ApiCaller.As(server, "bob");
            var made = (await alice.PostAsync(Create, """{"name":"Kaffeepause ☕","visibility":"public"}""")).Ok(201);
            var id = made.Json.GetProperty("id").GetString()!;
            Assert.True(ChannelId.TryParse(id, out _));
            Assert.Equal($"/api/v1/channels/{id}", made.Header("Location"));
            Assert.Equal(made.Body, (await bob.GetAsync($"channels/{id}")).Ok().Body);
            Assert.Equal("Kaffeepause ☕", made.Json.GetProperty("name").GetString());
            await bob.SayAsync(id, "anybody here?");
        },
        journaled: 2);

    [Fact]
    public Task Create_PrivateChannel_HasItsCreatorAsTheOnlyMember() => server.UnharmedAsync(
        async () =>
        {
            using var alice = ApiCaller.As(server, "alice");
            using var bob = ApiCaller.As(server, "bob");
            var id = (await alice.PostAsync(Create, """{"name":"secret","visibility":"private"}""")).Ok(201).Json.GetProperty("id").GetString()!;
            await alice.SayAsync(id, "alone");
            (await bob.GetAsync($"channels/{id}")).Refused(404, "not_found");
        },
        journaled: 3);

    [Fact]
    public Task Create_TwiceWithOneKey_MakesOneChannel() => server.UnharmedAsync(
        async () =>
        {
            using var alice = ApiCaller.As(server, "alice");
            using var bob = ApiCaller.As(server, "bob");
            using var elsewhere = ApiCaller.As(server, "alice", workspace: "other");
            const string Body = """{"name":"plans","visibility":"public"}""";
            var first = (await alice.PostAsync(Create, Body, "plans-1")).Ok(201);
            // Its state goes on meanwhile; the answer does not.
            await alice.SayAsync(first.Json.GetProperty("id").GetString()!, "hello");
            Assert.Equal(first.Whole, (await alice.PostAsync(Create, Body, "plans-1")).Whole);
            (await alice.PostAsync(Create, """{"name":"other plans","visibility":"public"}""", "plans-1")).Refused(409, "idempotency_conflict");
            (await alice.PostAsync(Create, """{"name":"plans","visibility":"private"}""", "plans-1")).Refused(409, "idempotency_conflict");

            Assert.NotEqual(first.Body, (await bob.PostAsync(Create, Body, "plans-1")).Ok(201).Body);
            Assert.NotEqual(first.Body, (await alice.PostAsync(Create, Body, "plans-2")).Ok(201).Body);
            Assert.NotEqual(first.Body, (await alice.PostAsync(Create, Body)).Ok(201).Body);
            Assert.NotEqual(first.Body, (await elsewhere.PostAsync("workspaces/other/channels", Body, "plans-1")).Ok(201).Body);
        },
        journaled: 6);

    [Fact]
    public Task Create_InAWorkspaceOfOthers_IsNotFound() => server.UnharmedAsync(async () =>
    {
        using var alice = ApiCaller.As(server, "alice", Role.Admin);
        (await alice.PostAsync("workspaces/other/channels", """{"name":"x","visibility":"public"}""")).Refused(404, "not_found");
    });

    [Theory]
    [InlineData("")]
    [InlineData(" x")]
    [InlineData("x ")]
    [InlineData(" ")]
    [InlineData("a\\nb")]
    [InlineData("a\\u202eb")]
    [InlineData("a\\u2028b")]
    [InlineData("123456789012345678901234567890123456789012345678901234567890123456789012345678901")]
    public Task Create_NameThatCannotBeShown_IsRefused(string name) => server.UnharmedAsync(async () =>
    {
        using var alice = ApiCaller.As(server, "alice");
        (await alice.PostAsync(Create, $$"""{"name":"{{name}}","visibility":"public"}""")).Refused(400, "invalid_payload", "name");
    });

    [Fact]
    public async Task Members_AddedAndRemoved_ComeAndGo()
    {
        var channel = await server.ChannelAsync("alice");
        await server.UnharmedAsync(
            async () =>
            {
                using var alice = ApiCaller.As(server, "alice");
                using var bob = ApiCaller.As(server, "bob");
                var member = $"channels/{channel}/members/bob";
                (await bob.GetAsync($"channels/{channel}/messages")).Refused(404, "not_found");
                Assert.Equal("""{"seq":3}""", (await alice.PutAsync(member)).Ok().Body);
                Assert.Equal("""{"seq":3}""", (await alice.PutAsync(member)).Ok().Body);
                (await bob.GetAsync($"channels/{channel}/messages")).Ok();

                using var socket = await PhoenixClient.ConnectAsync(server, "bob");
                await socket.JoinAsync($"channel:{channel}");
                // A member adds others and removes nobody but themself.
                (await bob.DeleteAsync($"channels/{channel}/members/alice")).Refused(403, "forbidden");
                (await bob.DeleteAsync(member)).Ok();
                Assert.Contains("\"member:left\"", await socket.NextAsync(), StringComparison.Ordinal);
                Assert.Contains("\"phx_close\"", await socket.NextAsync(), StringComparison.Ordinal);
                (await bob.GetAsync($"channels/{channel}/messages")).Refused(404, "not_found");
                (await alice.DeleteAsync(member)).Refused(403, "forbidden");
            },
            journaled: 2);
    }

    [Fact]
    public async Task Members_ByAModeratorOutsideTheChannel_AreChanged()
    {
        var channel = await server.ChannelAsync("alice");
        await server.UnharmedAsync(
            async () =>
            {
                using var mona = ApiCaller.As(server, "mona", Role.Moderator);
                using var stranger = ApiCaller.As(server, "frank", Role.Moderator, "other");
                (await mona.PutAsync($"channels/{channel}/members/bob")).Ok();
                (await mona.DeleteAsync($"channels/{channel}/members/bob")).Ok();
                (await mona.DeleteAsync($"channels/{channel}/members/bob")).Refused(404, "not_found");
                (await mona.GetAsync($"channels/{channel}/messages")).Refused(404, "not_found");
                (await stranger.PutAsync($"channels/{channel}/members/frank")).Refused(404, "not_found");
            },
            journaled: 2);
    }
}
