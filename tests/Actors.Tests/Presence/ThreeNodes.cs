namespace QuikApp.Actors.Tests.Presence;

/// <summary>A cluster of three that no test ends; in the end nothing may have failed to be written or sent.</summary>
public sealed class ThreeNodes : IAsyncLifetime
{
    internal PresenceTestNode A { get; private set; } = null!;

    internal PresenceTestNode B { get; private set; } = null!;

    internal PresenceTestNode C { get; private set; } = null!;

    internal IReadOnlyList<PresenceTestNode> All => [A, B, C];

    public async Task InitializeAsync()
    {
        A = await PresenceTestNode.Start();
        B = await PresenceTestNode.Start(A.Cluster.SelfAddress);
        C = await PresenceTestNode.Start(A.Cluster.SelfAddress);
    }

    public async Task DisposeAsync()
    {
        var errors = All.SelectMany(node => node.Errors.Items).Where(error => error.Contains("serializ", StringComparison.OrdinalIgnoreCase)).ToList();
        foreach (var node in All)
            await node.DisposeAsync();
        Assert.Empty(errors);
    }
}
