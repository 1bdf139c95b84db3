namespace QuikApp.Host.Configuration;

/// <summary>
/// Reads the credentials of a service manager (systemd's <c>LoadCredential=Auth__SigningKeys__0__Key:/path</c>): one file a
/// key, named like the environment variable without its prefix. Files whose name holds no <c>__</c> are somebody else's.
/// </summary>
internal static class CredentialFiles
{
    /// <summary>The longest credential, in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    private const UnixFileMode Widest = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    /// <summary>Adds one layer with all credentials.</summary>
    public static void AddTo(List<ConfigurationLayer> layers, List<ConfigurationProblem> problems, string directory)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        try
        {
            foreach (var path in Directory.EnumerateFiles(directory))
            {
                var name = Path.GetFileName(path);
                if (name.Contains("__", StringComparison.Ordinal))
                    Read(path, name.Replace("__", ":", StringComparison.Ordinal), values, problems);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(new(directory, "is named by CREDENTIALS_DIRECTORY and cannot be listed."));
        }

        layers.Add(new(ConfigurationLayerKind.Credentials, "credentials", values));
    }

    private static void Read(string path, string key, Dictionary<string, string?> values, List<ConfigurationProblem> problems)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & ~Widest) != 0)
                problems.Add(new(key, $"is a credential in {path}, whose mode is wider than 0640; run: chmod 0600 {path}"));

            if (file.Length > MaxBytes)
            {
                problems.Add(new(key, $"is a credential in {path}, which is longer than {MaxBytes} bytes."));
                return;
            }

            using var reader = new StreamReader(file);
            values[key] = reader.ReadToEnd().TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(new(key, $"is a credential in {path}, which cannot be read."));
        }
    }
}
