using QuikApp.Clients.Running;

namespace QuikApp.Clients.Connections;

/// <summary>The stock client over plain HTTP.</summary>
[Collection(SharedStage.Name)]
public sealed class LongPollTests(SharedStage shared)
{
    [SkippableTheory]
    [InlineData("params")]
    [InlineData("subprotocol")]
    public Task LongPoll_OfTheStockClient_SharesTheConversation(string via) => shared.Take().PlayAsync("long-poll", new { via });

    [SkippableTheory]
    [InlineData("refuse")]
    [InlineData("swallow")]
    public Task WebSocket_NotLetThrough_TheClientFallsBack(string webSockets) =>
        shared.Take().PlayAsync("long-poll-fallback", new { webSockets });

    [SkippableFact]
    public async Task Session_EndedMeanwhile_IsResumed()
    {
        const int WindowMs = 1_000;
        await using var stage = await Stage.SetAsync([.. SharedStage.WideLimits, "LongPoll:Window=00:00:01", "LongPoll:SilentWindows=1.5"]);
        await stage.PlayAsync("long-poll-resume", new { sessionMs = WindowMs * 1.5 });
    }
}
