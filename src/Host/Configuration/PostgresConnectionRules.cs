using Npgsql;

namespace QuikApp.Host.Configuration;

/// <summary>What a connection string of PostgreSQL must say.</summary>
internal static class PostgresConnectionRules
{
    private const string Example = "Host=db.example.com;Database=quikapp;Username=quikapp_app;SSL Mode=VerifyFull";

    /// <summary>The problems of a configuration that chose PostgreSQL, each with its key in front.</summary>
    public static IEnumerable<string> Problems(StorageOptions options, bool isDevelopment)
    {
        var hasPassword = !string.IsNullOrEmpty(options.Password);
        if (Problem(options.ConnectionString, hasPassword, isDevelopment) is { } journal)
            yield return $"Storage:ConnectionString: {journal}";
        // With a database of its own the keys may have a password of their own.
        if (!string.IsNullOrEmpty(options.KeysConnectionString) && Problem(options.KeysConnectionString, hasPassword: false, isDevelopment) is { } keys)
            yield return $"Storage:KeysConnectionString: {keys}";
    }

    private static string? Problem(string text, bool hasPassword, bool isDevelopment)
    {
        if (string.IsNullOrEmpty(text))
            return null;

        NpgsqlConnectionStringBuilder parts;
        try
        {
            parts = new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            return $"is not a connection string of PostgreSQL; write for example {Example}.";
        }

        if (string.IsNullOrEmpty(parts.Host))
            return $"names no host; write for example {Example}.";

        if (parts.Host.Contains(',', StringComparison.Ordinal))
            return "names several hosts; name one that always leads to the primary server.";

        if (string.IsNullOrEmpty(parts.Database))
            return "names no database; add Database=quikapp.";

        if (string.IsNullOrEmpty(parts.Username))
            return "names no role; add Username=quikapp_app.";

        if (hasPassword && !string.IsNullOrEmpty(parts.Password))
            return "has a password, and Storage:Password another; keep one of them.";

        if (!isDevelopment && !IsLocal(parts.Host) && parts.SslMode != SslMode.VerifyFull)
            return $"reaches {ConfigurationProblem.Quote(parts.Host)} over a network without proof of who answers; add SSL Mode=VerifyFull, and Root Certificate=/path if a private authority signed.";

        return null;
    }

    private static bool IsLocal(string host) => host.StartsWith('/') || ListenerAddress.IsLoopbackHost(host);
}
