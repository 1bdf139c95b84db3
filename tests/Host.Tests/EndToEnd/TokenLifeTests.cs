using System.Text.Json;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Tests.EndToEnd;

/// <summary>A token ends, or is replaced, while its socket lives.</summary>
[Collection(OpenServerTests.Name)]
public sealed class TokenLifeTests(OpenServer server)
{
    private const string Unauthorized = """{"status":"error","response":{"reason":"unauthorized"}}""";
    // Tokens count whole seconds: these live for two to three.
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(3);

    public static TheoryData<string> Forged => [.. ForgedTokens.Names];

    [Fact]
    public Task Token_Ends_TopicsAreWarnedAndTheSocketIsClosed4401() => server.UnharmedAsync(async () =>
    {
        using var client = await PhoenixClient.ConnectAsync(server, "alice", life: Short);
        await client.JoinAsync("channel:general");
        Assert.StartsWith("""["1",null,"channel:general","token:expiring",{"expiresAt":""", await client.NextAsync(), StringComparison.Ordinal);
        // A second topic of the last minute is warned too, a second time is not.
        await client.JoinAsync("channel:random", "2");
        Assert.StartsWith("""["2",null,"channel:random","token:expiring",{"expiresAt":""", await client.NextAsync(), StringComparison.Ordinal);
        Assert.Equal(4401, await client.ClosedAsync());
    });

    [Fact]
    public Task Token_EndsOnASocketThatJoinedNothing_IsClosed4401() => server.UnharmedAsync(async () =>
    {
        using var client = await PhoenixClient.ConnectAsync(server, "alice", life: TimeSpan.FromSeconds(2));
        Assert.Equal(4401, await client.ClosedAsync());
    });

    [Fact]
    public Task Refresh_LongerToken_KeepsTheSocketPastTheOldEnd() => server.UnharmedAsync(async () =>
    {
        using var client = await PhoenixClient.ConnectAsync(server, "alice", life: Short);
        using var witness = await PhoenixClient.ConnectAsync(server, "bob", life: Short + TimeSpan.FromSeconds(1));
        await client.JoinAsync("channel:general");
        await client.NextAsync();
        Assert.Equal("""{"status":"ok","response":{}}""", (await RefreshAsync(client, server.Token("alice"))).GetRawText());
        // By the time that the witness's token has ended, the old one has ended long ago.
        Assert.Equal(4401, await witness.ClosedAsync());
        await client.NothingElseAsync();
    });

    [Fact]
    public Task Refresh_ShorterToken_CountsFromThenOn() => server.UnharmedAsync(async () =>
    {
        using var client = await PhoenixClient.ConnectAsync(server, "alice");
        await client.JoinAsync("channel:general");
        await client.SendAsync($$"""["1","2","channel:general","access_token",{"access_token":"{{server.Token("alice", life: TimeSpan.FromSeconds(2))}}"}]""");
        var (code, texts) = await client.ReadToCloseAsync();
        Assert.Equal(4401, code);
        Assert.Equal("""["1","2","channel:general","phx_reply",{"status":"ok","response":{}}]""", texts[0]);
        Assert.Contains("token:expiring", Assert.Single(texts.Skip(1)), StringComparison.Ordinal);
    });

    [Fact]
    public async Task Refresh_OtherRole_CountsAtOnce()
    {
        var topic = $"channel:{await server.ChannelAsync()}";
        using var author = await PhoenixClient.ConnectAsync(server, "author");
        await author.JoinAsync(topic);
        var sent = await author.PushAsync(topic, "message:send", """{"content":"x"}""");
        var delete = $$"""{"id":"{{sent.GetProperty("response").GetProperty("id").GetString()}}"}""";
        await server.UnharmedAsync(
            async () =>
            {
                using var client = await PhoenixClient.ConnectAsync(server, "mona");
                await client.JoinAsync(topic);
                Assert.Equal("error", (await client.PushAsync(topic, "message:delete", delete, "a")).GetProperty("status").GetString());
                Assert.Equal("ok", (await client.PushAsync(topic, "access_token", Payload(server.Token("mona", Role.Moderator)), "b")).GetProperty("status").GetString());
                Assert.Equal("ok", (await client.PushAsync(topic, "message:delete", delete, "c")).GetProperty("status").GetString());
            },
            journaled: 1);
    }

    [Fact]
    public Task Refresh_AnotherSubject_IsUnauthorizedAndTheSocketKeepsItsToken() => server.UnharmedAsync(async () =>
    {
        using var client = await PhoenixClient.ConnectAsync(server, "alice", life: Short);
        await client.JoinAsync("channel:general");
        await client.NextAsync();
        Assert.Equal(Unauthorized, (await RefreshAsync(client, server.Token("bob"))).GetRawText());
        await client.NothingElseAsync();
        // Its own token still counts, and still ends.
        Assert.Equal(4401, await client.ClosedAsync());
    });

    [Theory]
    [MemberData(nameof(Forged))]
    public Task Refresh_ForgedToken_IsUnauthorizedAndTheSocketLives(string name) => server.UnharmedAsync(async () =>
    {
        using var client = await PhoenixClient.ConnectAsync(server, "mallory");
        await client.JoinAsync("channel:general");
        // Longer than the payload may hold: refused before it is taken for a token.
        var expected = name == "9 KB" ? """{"status":"error","response":{"reason":"payload_too_large","field":"access_token"}}""" : Unauthorized;
        Assert.Equal(expected, (await RefreshAsync(client, ForgedTokens.Make(server, name))).GetRawText());
        await client.NothingElseAsync();
    });

    private static string Payload(string token) => JsonSerializer.Serialize(new Dictionary<string, string> { ["access_token"] = token });

    private static Task<JsonElement> RefreshAsync(PhoenixClient client, string token) => client.PushAsync("channel:general", "access_token", Payload(token));
}
