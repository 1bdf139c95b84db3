using QuikApp.Bench.Load;

namespace QuikApp.Bench.Peers;

/// <summary>A server that can be measured: how it is started, and how one talks to it.</summary>
internal interface IPeer
{
    /// <summary>The name in options and tables.</summary>
    string Name { get; }

    /// <summary>What it is, in a few words for the report.</summary>
    string Description { get; }

    /// <summary>Whether it stores messages and acknowledges them, so that it can be asked for durable sends and replays.</summary>
    bool IsDurable { get; }

    /// <summary>Starts a fresh server and returns when it listens. The caller disposes it, whatever happens.</summary>
    /// <exception cref="PeerFailedException">It did not come up.</exception>
    Task<RunningPeer> StartAsync(PeerRequest request, CancellationToken cancel);

    /// <summary>The load client's side.</summary>
    IDialect CreateDialect(LoadPlan plan);
}
