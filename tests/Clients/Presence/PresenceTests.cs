using QuikApp.Clients.Running;

namespace QuikApp.Clients.Presence;

/// <summary>Who is online, as stock clients see it. Each test has a workspace of its own.</summary>
[Collection(SharedStage.Name)]
public sealed class PresenceTests(SharedStage shared)
{
    [SkippableFact]
    public Task Presence_OfThePhoenixClient_FollowsUsersAndDevices() => PlayAsync("presence-phoenix");

    [SkippableFact]
    public Task Presence_InEvents_FollowsUsersAndDevices() => PlayAsync("presence-events");

    [SkippableFact]
    public Task Reconnect_WithinTheGrace_IsSeenByNobody() => PlayAsync("presence-reconnect");

    private async Task PlayAsync(string scenario)
    {
        var stage = shared.Take();
        var tokens = new Dictionary<string, string>();
        foreach (var user in ServerProcess.DemoUsers)
            tokens[$"{user} of {scenario}"] = await stage.Server.TokenAsync(user, workspace: scenario);
        await stage.PlayAsync(scenario, new { workspace = scenario }, tokens);
    }
}
