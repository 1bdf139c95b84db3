namespace QuikApp.Protocol.Phoenix;

/// <summary>The names that the Phoenix wire itself gives a meaning, whatever the application.</summary>
public static class PhoenixEvents
{
    /// <summary>The topic of the connection itself: it carries heartbeats and nothing else.</summary>
    public const string ConnectionTopic = "phoenix";

    /// <summary>Client to server: keeps the connection, on <see cref="ConnectionTopic"/>.</summary>
    public const string Heartbeat = "heartbeat";

    /// <summary>Client to server: joins a topic.</summary>
    public const string Join = "phx_join";

    /// <summary>Client to server: leaves a topic.</summary>
    public const string Leave = "phx_leave";

    /// <summary>Server to client: the answer to one frame.</summary>
    public const string Reply = "phx_reply";

    /// <summary>Server to client: the channel has ended and is not to be joined again.</summary>
    public const string Close = "phx_close";

    /// <summary>Server to client: the channel has failed and may be joined again.</summary>
    public const string Error = "phx_error";

    /// <summary>The status of a reply that grants.</summary>
    public const string StatusOk = "ok";

    /// <summary>The status of a reply that refuses.</summary>
    public const string StatusError = "error";

    /// <summary>Refusal: no such pattern, or the topic is not joined.</summary>
    public const string ReasonUnmatchedTopic = "unmatched topic";

    /// <summary>Refusal of a join: not allowed, or it does not exist.</summary>
    public const string ReasonUnauthorized = "unauthorized";

    /// <summary>Refusal of a join: the connection has joined as many topics as it may.</summary>
    public const string ReasonTooManyChannels = "too many channels joined";

    /// <summary>Refusal of a join: it failed inside the server.</summary>
    public const string ReasonJoinCrashed = "join crashed";

    /// <summary>The reason that <see cref="Error"/> carries.</summary>
    public const string ReasonChannelCrash = "channel_crash";
}
