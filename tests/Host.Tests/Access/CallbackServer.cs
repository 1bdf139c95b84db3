using QuikApp.Host.Tests.EndToEnd;

namespace QuikApp.Host.Tests.Access;

/// <summary>A server that asks a directory who belongs to a workspace, and forgets the answers soon.</summary>
public sealed class CallbackServer : ProductServer
{
    /// <summary>A server that asks at this address with the secret of this file.</summary>
    public CallbackServer(string address, string secretFile) => Settings = new Dictionary<string, string>
    {
        ["Access:Source"] = "callback",
        ["Access:CallbackUrl"] = address,
        ["Access:CallbackTokenPath"] = secretFile,
        ["Access:CallbackTimeout"] = "00:00:00.500",
        ["Access:CallbackCacheYes"] = "00:00:01",
        ["Access:CallbackCacheNo"] = "00:00:00.100",
        ["Access:CallbackBreak"] = "00:00:00.500",
        ["Access:CallbackConcurrency"] = "4",
        ["Presence:LeaveGrace"] = "00:00:00.200",
        ["Limits:EventBurst"] = "100000",
        ["Limits:SendBurst"] = "100000",
        ["Limits:RequestBurst"] = "1000000",
        ["Limits:AddressRequestBurst"] = "1000000",
    };

    protected override IReadOnlyDictionary<string, string> Settings { get; }
}
