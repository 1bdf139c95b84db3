using QuikApp.Bench.Load;

namespace QuikApp.Bench.Peers.SignalR;

/// <summary>What one would build with the framework alone.</summary>
internal sealed class SignalRPeer : IPeer
{
    /// <inheritdoc/>
    public string Name => "signalr";

    /// <inheritdoc/>
    public string Description => "ASP.NET Core SignalR, a hub with groups, JSON over WebSockets; at most once, nothing stored, no acknowledgement asked for";

    /// <inheritdoc/>
    public bool IsDurable => false;

    /// <inheritdoc/>
    public Task<RunningPeer> StartAsync(PeerRequest request, CancellationToken cancel) => PeerServer.StartChildAsync(Name, cancel);

    /// <inheritdoc/>
    public IDialect CreateDialect(LoadPlan plan) => new SignalRDialect();
}
