namespace QuikApp.Host.Tests.EndToEnd;

/// <summary>A server with the default limits. It stands behind a proxy, so that each client can have an address of its own.</summary>
public sealed class StrictServer : ProductServer
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Http:TrustedProxies:0"] = "127.0.0.1",
    };
}
