using System.Buffers;

namespace QuikApp.Protocol.Identity;

/// <summary>
/// The one grammar of every id the outside names: 1 to 64 characters of <c>[A-Za-z0-9_-]</c>.
/// </summary>
/// <remarks>
/// The set holds nothing that means something in a topic, a URL, SQL, a file name or a log line, so an id that passed
/// needs no escaping anywhere, and it fits a persistence id on every database.
/// </remarks>
public static class Identifier
{
    /// <summary>The longest id, in characters.</summary>
    public const int MaxLength = 64;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    /// <summary>Whether <paramref name="value"/> is an id.</summary>
    public static bool IsValid(ReadOnlySpan<char> value) =>
        value.Length is > 0 and <= MaxLength && !value.ContainsAnyExcept(Allowed);

    /// <summary>Returns <paramref name="value"/> if it is an id.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    internal static string Require(string? value, string what) =>
        IsValid(value) ? value! : throw new FormatException($"not a {what} id (1 to 64 characters of A-Z a-z 0-9 _ -)");
}
