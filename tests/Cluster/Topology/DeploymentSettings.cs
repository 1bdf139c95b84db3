using System.Globalization;
using System.Security.Cryptography;

namespace QuikApp.Cluster.Topology;

/// <summary>Configuration that all nodes of a run share: keys, rooms, and limits that a machine playing many users does not run into.</summary>
internal static class DeploymentSettings
{
    private const string HighestRate = "100000";

    /// <summary>The settings without those of storage, cluster and listener.</summary>
    public static Dictionary<string, string> Shared(TokenMint tokens, IReadOnlyList<string> channels)
    {
        var settings = new Dictionary<string, string>(tokens.Settings)
        {
            ["Keys:EncryptionKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["Demo:Enabled"] = "true",
            ["Limits:EventBurst"] = HighestRate,
            ["Limits:EventsPerSecond"] = HighestRate,
            ["Limits:SendBurst"] = HighestRate,
            ["Limits:SendsPerSecond"] = HighestRate,
            ["Limits:HandshakeBurst"] = HighestRate,
            ["Limits:HandshakesPerSecond"] = HighestRate,
            ["Limits:RequestBurst"] = HighestRate,
            ["Limits:RequestsPerSecond"] = HighestRate,
            ["Limits:AddressRequestBurst"] = HighestRate,
            ["Limits:AddressRequestsPerSecond"] = HighestRate,
            // A minute of ringing would be most of a cell.
            ["Conversations:RingTimeout"] = "00:00:05",
            ["Presence:LeaveGrace"] = "00:00:02",
        };
        for (var i = 0; i < channels.Count; i++)
            settings[$"Demo:Channels:{i.ToString(CultureInfo.InvariantCulture)}"] = channels[i];
        return settings;
    }
}
