using QuikApp.Clients.Restarts;
using QuikApp.Clients.Running;
using QuikApp.Protocol.Identity;

namespace QuikApp.Clients.Days;

/// <summary>Everything at once, for as long as a day at work, compared in the evening.</summary>
public sealed class WorkingDayTests
{
    /// <summary>The same seed, the same day; what it says matters to nobody.</summary>
    private const int Seed = 20_261_127;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private static readonly string[] Demo = ["dave", "erin", "frank"];
    private static readonly string[] Acme = ["grace", "heidi", "ivan", "judy"];

    [SkippableFact]
    public async Task Day_OfTwoWorkspaces_IsTheSameForEverybodyAndVerifies()
    {
        await using var stage = await Stage.SetAsync(SharedStage.WideLimits);
        var tokens = new Dictionary<string, string> { ["alice of acme"] = await stage.Server.TokenAsync("alice", "acme") };
        foreach (var user in Demo)
            tokens[user] = await stage.Server.TokenAsync(user);
        foreach (var user in Acme)
            tokens[user] = await stage.Server.TokenAsync(user, "acme");

        await using var run = stage.Start("working-day", new { seed = Seed }, tokens, Limit);
        await run.HearAsync("lunch");
        // As a power cut does it.
        await stage.Server.KillAsync();
        await stage.Server.RestartAsync();
        var heads = (await run.ResultAsync()).GetProperty("heads").EnumerateObject().ToList();

        Assert.Equal(0, await stage.Server.StopAsync());
        Assert.All(heads, head =>
        {
            Topic.TryParse(head.Name, out var topic);
            Assert.Equal(head.Value.GetInt64(), JournalFile.Verify(stage.Server.Database, StreamId.Of(topic)!.Value).Seq);
        });
    }
}
