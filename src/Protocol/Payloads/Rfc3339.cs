using System.Globalization;
using System.Text.Json;

namespace QuikApp.Protocol.Payloads;

/// <summary>Moments as clients read them: RFC 3339 in UTC, cut (never rounded up) to milliseconds, <c>2026-11-22T10:00:00.123Z</c>.</summary>
public static class Rfc3339
{
    private const string Pattern = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const int Length = 24;

    /// <summary>The text of a moment.</summary>
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString(Pattern, CultureInfo.InvariantCulture);

    internal static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTimeOffset time)
    {
        Span<byte> text = stackalloc byte[Length];
        time.UtcDateTime.TryFormat(text, out var written, Pattern, CultureInfo.InvariantCulture);
        writer.WriteString(name, text[..written]);
    }
}
