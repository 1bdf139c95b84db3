namespace QuikApp.Host.Tests.EndToEnd;

/// <summary>Joins that carry a token, and names that are too long to keep.</summary>
[Collection(OpenServerTests.Name)]
public sealed class JoinTokenTests(OpenServer server)
{
    [Fact]
    public Task Join_WithAnotherSubjectsToken_IsUnauthorized() => server.UnharmedAsync(async () =>
    {
        using var client = await PhoenixClient.ConnectAsync(server, "alice");
        await client.SendAsync($$"""["1","1","channel:general","phx_join",{"access_token":"{{server.Token("bob")}}"}]""");
        Assert.Equal("""["1","1","channel:general","phx_reply",{"status":"error","response":{"reason":"unauthorized"}}]""", await client.NextAsync());

        await client.SendAsync($$"""["2","2","channel:general","phx_join",{"access_token":"{{server.Token("alice")}}"}]""");
        Assert.StartsWith("""["2","2","channel:general","phx_reply",{"status":"ok",""", await client.NextAsync(), StringComparison.Ordinal);
    });

    [Theory]
    [InlineData(129, 10)]
    [InlineData(10, 256)]
    public Task Frame_RefOrTopicTooLongToKeep_IsMalformed(int refBytes, int topicLength) => server.UnharmedAsync(async () =>
    {
        using var client = await PhoenixClient.ConnectAsync(server, "alice");
        var (@ref, topic) = (new string('1', refBytes - 2), "channel:".PadRight(topicLength, 'a'));
        await client.SendAsync($$"""["{{@ref}}","{{@ref}}","{{topic}}","phx_join",{}]""");
        Assert.Equal(1007, await client.ClosedAsync());
    });
}
