namespace QuikApp.Host.Tests.EndToEnd;

/// <summary>A server on which a user who went is missed soon.</summary>
public sealed class PresenceServer : ProductServer
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Limits:SocketsPerUser"] = "10000",
        ["Limits:HandshakeBurst"] = "1000000",
        ["Presence:LeaveGrace"] = "00:00:00.500",
    };
}
