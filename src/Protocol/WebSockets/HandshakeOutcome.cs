namespace QuikApp.Protocol.WebSockets;

/// <summary>What <see cref="WebSocketHandshake.Validate"/> says of an upgrade request.</summary>
public enum HandshakeOutcome
{
    /// <summary>A good upgrade: 101.</summary>
    Ok,

    /// <summary>Not a GET: 400 with an empty body.</summary>
    WrongMethod,

    /// <summary>No <c>upgrade</c> token in <c>Connection</c>: 400.</summary>
    ConnectionLacksUpgrade,

    /// <summary>No <c>websocket</c> token in <c>Upgrade</c>: 400.</summary>
    UpgradeLacksWebSocket,

    /// <summary>No <c>Sec-WebSocket-Key</c>: 400.</summary>
    KeyAbsent,

    /// <summary>The key is not 16 bytes in base64, or came more than once: 400.</summary>
    KeyMalformed,

    /// <summary>Another version than 13: 400 with <c>Sec-WebSocket-Version: 13</c>.</summary>
    WrongVersion,
}
