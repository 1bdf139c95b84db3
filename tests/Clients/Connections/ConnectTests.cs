using QuikApp.Clients.Running;

namespace QuikApp.Clients.Connections;

/// <summary>Who comes in, and on which wire.</summary>
[Collection(SharedStage.Name)]
public sealed class ConnectTests(SharedStage shared)
{
    [SkippableTheory]
    [InlineData("params")]
    [InlineData("header")]
    [InlineData("subprotocol")]
    public Task Connect_TokenInEachPlace_IsTheUser(string via) => shared.Take().PlayAsync("connect", new { via });

    [SkippableFact]
    public async Task Connect_BadToken_Is403()
    {
        var stage = shared.Take();
        var tokens = new Dictionary<string, string> { ["expiring"] = await stage.Server.TokenAsync("alice", ttl: "1s") };
        await stage.PlayAsync("connect-refused", tokens: tokens);
    }

    [SkippableFact]
    public async Task Socket_WhenItsTokenEnds_Closes4401UnlessRefreshed()
    {
        var stage = shared.Take();
        var tokens = new Dictionary<string, string> { ["short"] = await stage.Server.TokenAsync("alice", ttl: "5s") };
        await stage.PlayAsync("token-life", tokens: tokens);
    }

    [SkippableFact]
    public async Task Join_WhenTheTokenIsAboutToEnd_IsWarned()
    {
        var stage = shared.Take();
        var tokens = new Dictionary<string, string> { ["short"] = await stage.Server.TokenAsync("alice", ttl: "30s") };
        await stage.PlayAsync("token-warning", tokens: tokens);
    }

    [SkippableFact]
    public Task Connect_PlainEndpoint_SpeaksTheSameWire() => shared.Take().PlayAsync("plain-socket");

    [SkippableFact]
    public Task Connect_VersionOne_SharesTheConversation() => shared.Take().PlayAsync("version-one");

    [SkippableFact]
    public Task Heartbeat_OfTheStockClient_IsAnswered() => shared.Take().PlayAsync("heartbeat");
}
