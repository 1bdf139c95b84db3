namespace QuikApp.Bench.Peers;

/// <summary>What a server must be ready for.</summary>
/// <param name="Channels">The channels that will be joined.</param>
/// <param name="Sockets">How many sockets will be open at once.</param>
/// <param name="HostPath">Where the product's assembly is.</param>
internal sealed record PeerRequest(IReadOnlyList<string> Channels, int Sockets, string HostPath);
