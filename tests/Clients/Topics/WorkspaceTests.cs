using QuikApp.Clients.Running;

namespace QuikApp.Clients.Topics;

/// <summary>A workspace's topic: its channels and its members.</summary>
public sealed class WorkspaceTests
{
    [SkippableFact]
    public async Task Workspace_FromItsBeginning_HasChannelsAndMembers()
    {
        // Of its own: it gets a member who is of no concern to others.
        await using var stage = await Stage.SetAsync(SharedStage.WideLimits);
        var tokens = new Dictionary<string, string> { ["dave"] = await stage.Server.TokenAsync("dave"), ["mallory"] = await stage.Server.TokenAsync("mallory", "other") };
        await stage.PlayAsync("workspace", tokens: tokens);
    }
}
