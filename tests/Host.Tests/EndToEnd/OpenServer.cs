namespace QuikApp.Host.Tests.EndToEnd;

/// <summary>A server whose limits are out of the way, so that only the rule under test can refuse.</summary>
public sealed class OpenServer : ProductServer
{
    /// <summary>The page that the configuration allows besides the server's own.</summary>
    public const string AllowedOrigin = "https://chat.example.com";

    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Auth:ClockSkew"] = "00:00:00",
        ["Http:AllowedOrigins:0"] = AllowedOrigin,
        ["Limits:EventBurst"] = "100000",
        ["Limits:EventsPerSecond"] = "100000",
        ["Limits:SendBurst"] = "100000",
        ["Limits:SendsPerSecond"] = "100000",
        ["Limits:SocketsPerUser"] = "10000",
        ["Limits:HandshakeBurst"] = "1000000",
        ["Limits:HandshakesPerSecond"] = "10000",
        ["Sockets:MaxQueuedBytes"] = "262144",
        ["Sockets:FaultLinger"] = "00:00:00.200",
        ["Sockets:MessageTimeout"] = "00:00:01",
    };
}
