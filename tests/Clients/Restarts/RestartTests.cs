using QuikApp.Clients.Running;
using QuikApp.Protocol.Identity;

namespace QuikApp.Clients.Restarts;

/// <summary>Servers that go while clients are connected, and come back on the same data.</summary>
public sealed class RestartTests
{
    private const int Kills = 2;

    /// <summary>Messages acknowledged between two kills, at the least.</summary>
    private const int Between = 200;

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stop_OfTheServer_ClosesAndClientsComeBack(bool longPoll)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no SIGTERM");
        await using var stage = await Stage.SetAsync(SharedStage.WideLimits);
        await using var run = stage.Start("server-leaves", new { longPoll });
        await run.HearAsync("ready");

        Assert.Equal(0, await stage.Server.StopAsync());
        await stage.Server.RestartAsync();

        await run.ResultAsync();
    }

    [SkippableFact]
    public async Task Kill_UnderLoad_LosesNothingAcknowledged()
    {
        await using var stage = await Stage.SetAsync(SharedStage.WideLimits);
        await using var run = stage.Start(
            "server-killed", new { senders = ServerProcess.DemoUsers, kills = Kills, between = Between, topic = "channel:general" });
        for (var kill = 1; kill <= Kills; kill++)
        {
            Assert.Equal(kill, (await run.HearAsync("kill")).GetProperty("kill").GetInt32());
            await stage.Server.KillAsync();
            await stage.Server.RestartAsync();
        }

        var result = await run.ResultAsync();
        Assert.True(result.GetProperty("resent").GetInt32() > 0, "nothing was in flight when the server was killed");
        await stage.Server.StopAsync();
        var chain = JournalFile.Verify(stage.Server.Database, StreamId.Of(ChannelId.Parse("general")));
        Assert.Equal(result.GetProperty("head").GetInt64(), chain.Seq);
    }
}
