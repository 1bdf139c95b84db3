using System.Globalization;

namespace QuikApp.Host.CommandLine;

/// <summary>Reads how long a token lives: a whole number and a unit, <c>30s</c>, <c>15m</c>, <c>1h</c>, <c>7d</c>.</summary>
internal static class TokenLifetime
{
    /// <summary>The longest life. A token cannot be called back before it expires, except by its user's revocation.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>Reads a duration from one second to <see cref="Longest"/>.</summary>
    public static bool TryParse(string? text, out TimeSpan lifetime)
    {
        lifetime = default;
        if (text is not { Length: > 1 }
            || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || SecondsOf(text[^1]) is not { } unit)
        {
            return false;
        }

        var seconds = count * unit;
        if (seconds <= 0 || seconds > (long)Longest.TotalSeconds)
            return false;

        lifetime = TimeSpan.FromSeconds(seconds);
        return true;
    }

    private static long? SecondsOf(char unit) => unit switch
    {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86400,
        _ => null,
    };
}
