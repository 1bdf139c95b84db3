namespace QuikApp.Host.Sockets;

/// <summary>The end of a socket.</summary>
/// <param name="Kind">How it ended.</param>
/// <param name="Code">
/// The client's code (1005: it gave none) when it closed; the server's code when the server closed or reset; 1006 when the
/// connection was lost.
/// </param>
/// <param name="Error">The I/O error of a lost connection, when there was one.</param>
internal sealed record SocketEnd(SocketEndKind Kind, int Code, Exception? Error = null);
