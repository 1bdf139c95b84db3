using QuikApp.Clients.Running;

namespace QuikApp.Clients.Connections;

/// <summary>Clients that bring their tokens in band, as Supabase's do.</summary>
[Collection(SharedStage.Name)]
public sealed class RefreshTests(SharedStage shared)
{
    [SkippableFact]
    public async Task RealtimeJs_WithTokensThatEnd_StaysConnected()
    {
        var stage = shared.Take();
        var later = await stage.Server.TokenAsync("alice");
        var tokens = new Dictionary<string, string> { ["later"] = later, ["short"] = await stage.Server.TokenAsync("alice", ttl: "8s") };
        await stage.PlayAsync("realtime-js", tokens: tokens);
    }
}
