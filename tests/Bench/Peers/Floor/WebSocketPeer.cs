using QuikApp.Bench.Load;

namespace QuikApp.Bench.Peers.Floor;

/// <summary>The floor: what delivery costs when a server does nothing else.</summary>
internal sealed class WebSocketPeer : IPeer
{
    /// <inheritdoc/>
    public string Name => "websocket";

    /// <inheritdoc/>
    public string Description => "ASP.NET Core, `WebSocket.SendAsync` to each member from the sender's loop, the frame encoded once; one slow reader stops everyone, nothing stored";

    /// <inheritdoc/>
    public bool IsDurable => false;

    /// <inheritdoc/>
    public Task<RunningPeer> StartAsync(PeerRequest request, CancellationToken cancel) => PeerServer.StartChildAsync(Name, cancel);

    /// <inheritdoc/>
    public IDialect CreateDialect(LoadPlan plan) => new WebSocketDialect();
}
