using QuikApp.Clients.Running;

namespace QuikApp.Clients.HttpApi;

/// <summary>The OpenAPI document, by other hands: sound in itself, and true of what the server answers.</summary>
[Collection(SharedStage.Name)]
public sealed class DescriptionTests(SharedStage shared)
{
    [SkippableFact]
    public async Task Document_OfTheServer_IsSoundAndEveryAnswerIsAsItSays()
    {
        var stage = shared.Take();
        // Of their own: the demo users' tokens are for the others.
        var tokens = new Dictionary<string, string>
        {
            ["api-author"] = await stage.Server.TokenAsync("api-author"),
            ["api-admin"] = await stage.Server.TokenAsync("api-admin", role: "admin"),
        };
        await stage.PlayAsync("http-api", tokens: tokens);
    }
}
