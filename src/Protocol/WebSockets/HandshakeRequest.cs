namespace QuikApp.Protocol.WebSockets;

/// <summary>What an HTTP/1.1 upgrade request says; a header that is absent is an empty list.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Connection">The values of <c>Connection</c>, one a header line.</param>
/// <param name="Upgrade">The values of <c>Upgrade</c>.</param>
/// <param name="Key">The values of <c>Sec-WebSocket-Key</c>.</param>
/// <param name="Version">The values of <c>Sec-WebSocket-Version</c>.</param>
public sealed record HandshakeRequest(
    string Method,
    IReadOnlyList<string?> Connection,
    IReadOnlyList<string?> Upgrade,
    IReadOnlyList<string?> Key,
    IReadOnlyList<string?> Version);
