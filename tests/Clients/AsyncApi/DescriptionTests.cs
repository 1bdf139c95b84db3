using QuikApp.Clients.Running;

namespace QuikApp.Clients.AsyncApi;

/// <summary>The AsyncAPI document, by other hands: sound in itself, and true of what goes over the socket.</summary>
[Collection(SharedStage.Name)]
public sealed class DescriptionTests(SharedStage shared)
{
    [SkippableFact]
    public async Task Document_OfTheServer_IsSoundAndEveryFrameIsAsItSays()
    {
        var stage = shared.Take();
        // Of their own: the demo users' tokens are for the others.
        var tokens = new Dictionary<string, string>
        {
            ["socket-one"] = await stage.Server.TokenAsync("socket-one"),
            ["socket-other"] = await stage.Server.TokenAsync("socket-other"),
        };
        await stage.PlayAsync("asyncapi", tokens: tokens);
    }
}
