namespace QuikApp.Host.Sockets;

/// <summary>How a socket ended.</summary>
internal enum SocketEndKind
{
    /// <summary>The client closed, and was answered.</summary>
    PeerClosed,

    /// <summary>The server closed, and the client answered or hung up.</summary>
    ServerClosed,

    /// <summary>The server reset the connection: a reader too far behind, or a close that was not answered in time.</summary>
    Aborted,

    /// <summary>The connection went without a close frame of either side.</summary>
    Lost,
}
