namespace QuikApp.Protocol.WebSockets;

/// <summary>What a <see cref="MessageReader"/> has to tell.</summary>
public enum ReadEventKind
{
    /// <summary>All input is consumed and nothing is complete.</summary>
    NeedMore,

    /// <summary>A whole text message; its payload is valid UTF-8.</summary>
    Text,

    /// <summary>A whole binary message.</summary>
    Binary,

    /// <summary>A ping, to be answered by a pong with the same payload.</summary>
    Ping,

    /// <summary>A pong.</summary>
    Pong,

    /// <summary>The peer's close frame. Nothing after it is read.</summary>
    Close,

    /// <summary>The peer broke a rule. Nothing after it is read.</summary>
    Violation,
}
