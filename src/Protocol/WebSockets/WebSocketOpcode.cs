namespace QuikApp.Protocol.WebSockets;

/// <summary>The opcode of a frame (RFC 6455 §5.2). 3-7 and 11-15 are reserved and refused.</summary>
public enum WebSocketOpcode
{
    /// <summary>Continues a fragmented message.</summary>
    Continuation = 0x0,

    /// <summary>UTF-8 text, or its first fragment.</summary>
    Text = 0x1,

    /// <summary>Bytes, or their first fragment.</summary>
    Binary = 0x2,

    /// <summary>The close frame.</summary>
    Close = 0x8,

    /// <summary>Asks for a pong.</summary>
    Ping = 0x9,

    /// <summary>Answers a ping, or comes unasked.</summary>
    Pong = 0xA,
}
