using System.Globalization;

namespace QuikApp.Bench.Peers.Product;

/// <summary>
/// The configuration of the server under test, as environment variables (<c>QUIKAPP_Section__Key</c>): a key that signs the
/// bench's tokens, a journal of its own, and limits that one machine playing thousands of users does not run into.
/// </summary>
internal static class QuikAppSettings
{
    private const string Prefix = "QUIKAPP_";
    private const string HighestRate = "100000";

    /// <summary>All settings.</summary>
    public static Dictionary<string, string> For(PeerRequest request, string directory, string signingKey)
    {
        var settings = new Dictionary<string, string>
        {
            ["Storage:Provider"] = "sqlite",
            ["Storage:ConnectionString"] = $"Data Source={Path.Combine(directory, "journal.db")}",
            ["Auth:Issuer"] = BenchToken.Issuer,
            ["Auth:Audience"] = BenchToken.Audience,
            ["Auth:SigningKeys:0:Kid"] = BenchToken.KeyId,
            ["Auth:SigningKeys:0:Algorithm"] = BenchToken.Algorithm,
            ["Auth:SigningKeys:0:Key"] = signingKey,
            ["Keys:EncryptionKey"] = BenchToken.CreateKey(),
        };
        PrepareChannels(settings, request);
        RaiseLimits(settings);
        return settings.ToDictionary(
            setting => Prefix + setting.Key.Replace(":", "__", StringComparison.Ordinal),
            setting => setting.Value);
    }

    /// <summary>
    /// When the server is ready, each of <see cref="PeerRequest.Channels"/> must exist as a channel of the workspace
    /// <see cref="BenchToken.Workspace"/> that <see cref="QuikAppDialect.UserName"/> of every index below
    /// <see cref="PeerRequest.Sockets"/> + 1 (the one more is the client that resumes) may join and write to. Public channels
    /// and a workspace that takes every valid token as a member do.
    /// </summary>
    private static void PrepareChannels(Dictionary<string, string> settings, PeerRequest request)
    {
        settings["Demo:Enabled"] = "true";
        for (var i = 0; i < request.Channels.Count; i++)
            settings[$"Demo:Channels:{i.ToString(CultureInfo.InvariantCulture)}"] = request.Channels[i];
    }

    /// <summary>
    /// Everything comes from four addresses and each sender sends as fast as it is answered: no rate may be what is measured.
    /// The sockets that only listen send no heartbeat. What protects the server's memory stays as it is.
    /// </summary>
    private static void RaiseLimits(Dictionary<string, string> settings)
    {
        settings["Limits:EventBurst"] = HighestRate;
        settings["Limits:EventsPerSecond"] = HighestRate;
        settings["Limits:SendBurst"] = HighestRate;
        settings["Limits:SendsPerSecond"] = HighestRate;
        settings["Limits:HandshakeBurst"] = HighestRate;
        settings["Limits:HandshakesPerSecond"] = HighestRate;
        settings["Sockets:IdleTimeout"] = "01:00:00";
    }
}
