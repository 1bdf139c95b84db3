using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace QuikApp.Protocol.Payloads;

/// <summary>Moments as clients read them: RFC 3339 in UTC, cut (never rounded up) to milliseconds, <c>2026-11-22T10:00:00.123Z</c>.</summary>
public static partial class Rfc3339
{
    private const string Pattern = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const int Length = 24;

    /// <summary>The text of a moment.</summary>
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString(Pattern, CultureInfo.InvariantCulture);

    /// <summary>Reads a <c>date-time</c> of RFC 3339 §5.6; a leap second counts as none.</summary>
    /// <param name="text">For example <c>2026-11-22T11:00:00+01:00</c>.</param>
    /// <param name="time">The moment, in UTC; beyond a tenth of a microsecond it is cut.</param>
    public static bool TryParse(string text, out DateTimeOffset time)
    {
        time = default;
        var match = Grammar().Match(text);
        if (!match.Success)
            return false;

        // .NET reads at most seven digits of a second's part.
        var part = match.Groups["part"].Value;
        var head = text[..match.Groups["part"].Index];
        var offset = match.Groups["offset"].Value.ToUpperInvariant().Replace("Z", "+00:00", StringComparison.Ordinal);
        return DateTimeOffset.TryParseExact(
            $"{head.ToUpperInvariant()}{part[..Math.Min(part.Length, 8)]}{offset}",
            ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal,
            out time);
    }

    internal static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTimeOffset time)
    {
        Span<byte> text = stackalloc byte[Length];
        time.UtcDateTime.TryFormat(text, out var written, Pattern, CultureInfo.InvariantCulture);
        writer.WriteString(name, text[..written]);
    }

    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?<part>(\.[0-9]+)?)(?<offset>[Zz]|[+-][0-9]{2}:[0-9]{2})\z")]
    private static partial Regex Grammar();
}
