namespace QuikApp.Clients.Running;

/// <summary>One server for all tests that leave it as it is, with limits out of their way.</summary>
public sealed class SharedStage : IAsyncLifetime
{
    /// <summary>The tests that share it play one after the other, so that each knows who else is in its channel: nobody.</summary>
    public const string Name = "shared stage";

    /// <summary>Limits that no scenario reaches.</summary>
    internal static readonly IReadOnlyList<string> WideLimits =
    [
        "Limits:EventBurst=100000", "Limits:EventsPerSecond=100000", "Limits:SendBurst=100000", "Limits:SendsPerSecond=100000",
        "Limits:HandshakeBurst=100000", "Limits:HandshakesPerSecond=100000",
        // A token ends when it says, not half a minute later.
        "Auth:ClockSkew=00:00:00",
        // Who goes is missed soon, and later than the stock client takes to come back.
        "Presence:LeaveGrace=00:00:02",
    ];

    private string? _missing;
    private Stage? _stage;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        // A fixture cannot skip; the tests do.
        _missing = (await NodeScenarios.GetAsync()).Missing;
        if (_missing is null)
            _stage = await Stage.SetAsync(WideLimits);
    }

    /// <summary>The stage. Skips the test when there is nobody to play on it.</summary>
    internal Stage Take()
    {
        RequiredTool.RequireNothingMissing(_missing);
        return _stage!;
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_stage is not null)
            await _stage.DisposeAsync();
    }
}
