using QuikApp.Clients.Running;

namespace QuikApp.Clients.Readme;

/// <summary>What the README tells a newcomer to type works as it stands there.</summary>
[Collection(SharedStage.Name)]
public sealed class ReadmeTests(SharedStage shared)
{
    [SkippableFact]
    public async Task FirstConversation_AsWritten_IsHeardAndNumbered()
    {
        var printed = await RunAsync("first-conversation.mjs");

        Assert.Contains(printed, line => line.StartsWith("bob has everything up to #", StringComparison.Ordinal));
        Assert.Contains(printed, line => line.Contains("alice: Hello, Bob!", StringComparison.Ordinal));
        Assert.Contains(printed, line => line.StartsWith("alice's message is number ", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task PlainWebSocket_AsWritten_JoinsAndSends()
    {
        var printed = await RunAsync("plain-websocket.mjs");

        Assert.StartsWith("[\"1\",\"1\",\"channel:general\",\"phx_reply\",{\"status\":\"ok\"", printed[0], StringComparison.Ordinal);
        Assert.Contains(printed, line => line.Contains("\"message:new\"", StringComparison.Ordinal) && line.Contains("plain and simple", StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<string>> RunAsync(string example)
    {
        var stage = shared.Take();
        var code = Example.Named(example).Replace("127.0.0.1:4000", stage.Server.Url.Authority, StringComparison.Ordinal);
        return await Example.RunAsync(code, stage.Server.Tokens);
    }
}
