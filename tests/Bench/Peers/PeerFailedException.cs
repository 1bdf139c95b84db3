namespace QuikApp.Bench.Peers;

/// <summary>A server under test did not start, or ended by itself.</summary>
internal sealed class PeerFailedException(string message) : Exception(message);
