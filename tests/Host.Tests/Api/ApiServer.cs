using QuikApp.Host.Tests.EndToEnd;

namespace QuikApp.Host.Tests.Api;

/// <summary>A server whose limits are out of the way.</summary>
public sealed class ApiServer : ProductServer
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Limits:EventBurst"] = "100000",
        ["Limits:SendBurst"] = "100000",
        ["Limits:SendsPerSecond"] = "100000",
        ["Limits:HandshakeBurst"] = "100000",
        ["Limits:RequestBurst"] = "1000000",
        ["Limits:AddressRequestBurst"] = "1000000",
    };
}
