using System.Buffers;

namespace QuikApp.Host.Authentication;

/// <summary>The grammar of <c>kid</c>: 1 to 128 of <c>[A-Za-z0-9._-]</c>, so that it is never a path, a query or a log line.</summary>
internal static class KeyId
{
    /// <summary>The longest, in characters.</summary>
    public const int MaxLength = 128;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>Whether <paramref name="value"/> may name a key.</summary>
    public static bool IsValid(ReadOnlySpan<char> value) =>
        value.Length is > 0 and <= MaxLength && !value.ContainsAnyExcept(Allowed);
}
