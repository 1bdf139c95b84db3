using System.Text.Json;

namespace QuikApp.Clients.Running;

/// <summary>A server and the clients that play on it.</summary>
internal sealed class Stage : IAsyncDisposable
{
    /// <summary>Longer than any scenario takes that does not ask for more.</summary>
    private static readonly TimeSpan UsualLimit = TimeSpan.FromSeconds(80);

    private readonly NodeScenarios _scenarios;

    private Stage(NodeScenarios scenarios, ServerProcess server)
    {
        _scenarios = scenarios;
        Server = server;
    }

    /// <summary>The server.</summary>
    public ServerProcess Server { get; }

    /// <summary>Starts a server of its own. Skips the test when there is nobody to play on it.</summary>
    /// <param name="settings">Settings as on the command line, without the dashes.</param>
    public static async Task<Stage> SetAsync(params IReadOnlyList<string> settings)
    {
        var scenarios = await NodeScenarios.GetAsync();
        RequiredTool.RequireNothingMissing(scenarios.Missing);
        return new Stage(scenarios, await ServerProcess.StartAsync(settings));
    }

    /// <summary>Starts a scenario.</summary>
    /// <param name="name">The file's name without its ending.</param>
    /// <param name="more">What it is told beside the address and the tokens.</param>
    /// <param name="tokens">Tokens beside those of the demo users, by name.</param>
    /// <param name="limit">How long it gives itself; 80 s when null.</param>
    public NodeRun Start(string name, object? more = null, IReadOnlyDictionary<string, string>? tokens = null, TimeSpan? limit = null)
    {
        var argument = JsonSerializer.SerializeToNode(more ?? new { })!.AsObject();
        argument["url"] = Server.Url.GetLeftPart(UriPartial.Authority);
        argument["tokens"] = JsonSerializer.SerializeToNode(Server.Tokens.Concat(tokens ?? new Dictionary<string, string>()).ToDictionary());
        argument["limitMs"] = (limit ?? UsualLimit).TotalMilliseconds;
        return _scenarios.Start(name, argument.ToJsonString(), limit ?? UsualLimit);
    }

    /// <summary>Plays a scenario to its end.</summary>
    /// <inheritdoc cref="Start"/>
    public async Task<JsonElement> PlayAsync(string name, object? more = null, IReadOnlyDictionary<string, string>? tokens = null)
    {
        await using var run = Start(name, more, tokens);
        return await run.ResultAsync();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
