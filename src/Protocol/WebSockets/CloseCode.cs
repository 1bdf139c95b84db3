namespace QuikApp.Protocol.WebSockets;

/// <summary>The close codes this server sends: RFC 6455 §7.4.1, the IANA registry, and the product's own in 4400-4499.</summary>
/// <remarks>
/// Phoenix clients up to 1.8.15 do not come back after <see cref="Normal"/>, so no close that should bring the client
/// back may carry it.
/// </remarks>
public static class CloseCode
{
    /// <summary>1000: the purpose is fulfilled. Only ever the echo of a client's own 1000.</summary>
    public const int Normal = 1000;

    /// <summary>1001: the server lets this socket go; the client may come back at once.</summary>
    public const int GoingAway = 1001;

    /// <summary>1002: the peer broke the framing rules of RFC 6455.</summary>
    public const int ProtocolError = 1002;

    /// <summary>1003: a kind of message that the endpoint does not take.</summary>
    public const int UnsupportedData = 1003;

    /// <summary>1005: stands for "the close frame held no code"; never on the wire.</summary>
    public const int NoStatus = 1005;

    /// <summary>1006: stands for "the connection went without a close frame"; never on the wire.</summary>
    public const int Abnormal = 1006;

    /// <summary>1007: text that is not UTF-8, or a message that the wire format does not allow.</summary>
    public const int InvalidPayload = 1007;

    /// <summary>1008: a limit other than size was broken: more than 64 fragments, or a message not complete in 10 s.</summary>
    public const int PolicyViolation = 1008;

    /// <summary>1009: a message of more than 64 KiB, assembled.</summary>
    public const int MessageTooBig = 1009;

    /// <summary>1011: the server failed.</summary>
    public const int InternalError = 1011;

    /// <summary>1012: the node is leaving; another one serves the reconnect.</summary>
    public const int ServiceRestart = 1012;

    /// <summary>1013: try again later.</summary>
    public const int TryAgainLater = 1013;

    /// <summary>4401: the token expired or was revoked.</summary>
    public const int Unauthorized = 4401;

    /// <summary>4408: not a byte from the client for 60 s.</summary>
    public const int HeartbeatTimeout = 4408;

    /// <summary>4409: replaced by a newer socket of the same user (10 at a time).</summary>
    public const int Replaced = 4409;

    /// <summary>4410: a slow reader, 1 MiB or 10 s behind. It resumes by <c>seq</c> and loses nothing.</summary>
    public const int SlowConsumer = 4410;

    /// <summary>4429: it kept on exceeding the rate limits.</summary>
    public const int TooManyRequests = 4429;

    /// <summary>Whether a close frame may carry <paramref name="code"/> (RFC 6455 §7.4.2 and the IANA registry).</summary>
    /// <returns>True for 1000-1003, 1007-1014 and 3000-4999.</returns>
    public static bool IsAllowedOnWire(int code) =>
        code is (>= 1000 and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999);
}
