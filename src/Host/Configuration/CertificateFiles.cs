namespace QuikApp.Host.Configuration;

/// <summary>Checks what Kestrel will load when it starts to listen, while the other problems are still being gathered.</summary>
internal static class CertificateFiles
{
    private static readonly string[] OldProtocols = ["Ssl2", "Ssl3", "Default", "Tls", "Tls11"];

    /// <summary>The faults, each beginning with its key.</summary>
    /// <param name="configuration">The whole configuration.</param>
    /// <param name="contentRoot">Where relative paths start.</param>
    public static IEnumerable<string> Check(IConfiguration configuration, string contentRoot)
    {
        foreach (var setting in configuration.GetSection("Kestrel").AsEnumerable())
        {
            if (string.IsNullOrEmpty(setting.Value))
                continue;

            var segments = setting.Key.Split(':');
            if (segments[^1].Equals("Path", StringComparison.OrdinalIgnoreCase) || segments[^1].Equals("KeyPath", StringComparison.OrdinalIgnoreCase))
            {
                if (Unreadable(Path.GetFullPath(setting.Value, contentRoot)))
                    yield return $"{setting.Key}: the file '{ConfigurationProblem.Quote(setting.Value)}' cannot be read.";
            }
            else if (segments[^2].Equals("SslProtocols", StringComparison.OrdinalIgnoreCase)
                && OldProtocols.Contains(setting.Value, StringComparer.OrdinalIgnoreCase))
            {
                yield return $"{setting.Key}: '{setting.Value}' is broken; write Tls12 or Tls13.";
            }
        }
    }

    private static bool Unreadable(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
