using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace QuikApp.Host.Configuration;

/// <summary>Knows which keys hold secrets, and shows their values without them.</summary>
internal static class SecretKeys
{
    /// <summary>What stands where a secret was.</summary>
    public const string Mask = "***";

    private static readonly string[] Endings = ["Key", "Keys", "Password", "Passwords", "Secret", "Secrets", "Token", "Tokens"];

    // Parts of names, since each database has its own: Password, Pwd, SSL Password, Passfile, Access Token.
    private static readonly string[] ConnectionSecrets = ["pass", "pwd", "secret", "token"];

    /// <summary>Whether the whole value of <paramref name="key"/> is secret. The items of a list are named like the list.</summary>
    public static bool IsSecret(string key)
    {
        var segments = key.Split(':');
        var last = segments.Length - 1;
        while (last > 0 && segments[last].All(char.IsAsciiDigit))
            last--;

        return Endings.Any(ending => segments[last].EndsWith(ending, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether <paramref name="value"/> holds a secret, whole or in part.</summary>
    public static bool Holds(string key, [NotNullWhen(true)] string? value) =>
        !string.IsNullOrEmpty(value) && !string.Equals(Show(key, value), value, StringComparison.Ordinal);

    /// <summary>The value as anybody may see it.</summary>
    public static string Show(string key, string value)
    {
        if (value.Length == 0)
            return value;

        // A switch such as AllowQueryToken is named like a secret and is none.
        if (IsSecret(key) && !bool.TryParse(value, out _))
            return Mask;

        if (key.EndsWith("ConnectionString", StringComparison.OrdinalIgnoreCase))
            return ShowConnectionString(value);

        return Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.UserInfo.Contains(':', StringComparison.Ordinal)
            ? value.Replace(uri.UserInfo, $"{uri.UserInfo[..uri.UserInfo.IndexOf(':', StringComparison.Ordinal)]}:{Mask}", StringComparison.Ordinal)
            : value;
    }

    private static string ShowConnectionString(string value)
    {
        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = value };
            var secrets = parts.Keys.Cast<string>()
                .Where(part => ConnectionSecrets.Any(name => part.Contains(name, StringComparison.OrdinalIgnoreCase)))
                .ToList();
            foreach (var part in secrets)
                parts[part] = Mask;

            return secrets.Count == 0 ? value : parts.ConnectionString;
        }
        catch (ArgumentException)
        {
            // What cannot be taken apart may hold anything.
            return Mask;
        }
    }
}
