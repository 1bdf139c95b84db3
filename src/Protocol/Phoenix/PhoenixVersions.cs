using System.Buffers;

namespace QuikApp.Protocol.Phoenix;

/// <summary>Reads the connect parameter <c>vsn</c>.</summary>
public static class PhoenixVersions
{
    private static readonly SearchValues<char> IdentifierCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Chooses the wire version that a client asks for.</summary>
    /// <param name="vsn">The parameter as decoded from the query (the last one when it is repeated); null when absent.</param>
    /// <param name="version">The version, when the answer is true.</param>
    /// <returns>
    /// True when absent (V1), <c>~&gt; 1.0.0</c> or <c>~&gt; 2.0.0</c>. False for everything else, which is answered with
    /// 403: other numbers, fewer or more than three parts, leading zeros, pre-releases of <c>x.0.0</c>, the empty string.
    /// </returns>
    /// <remarks>
    /// The requirement is Elixir's: a pre-release sorts before its release, so <c>2.0.0-rc.1</c> is too old and
    /// <c>2.0.1-rc.1</c> is not; build metadata does not count.
    /// </remarks>
    public static bool TryParse(string? vsn, out PhoenixVersion version)
    {
        version = PhoenixVersion.V1;
        if (vsn is null)
            return true;

        ReadOnlySpan<char> rest = vsn;
        if (rest.StartsWith("2.0."))
            version = PhoenixVersion.V2;
        else if (!rest.StartsWith("1.0."))
            return false;

        rest = rest["1.0.".Length..];
        if (!TryCut(ref rest, '+', out var build) || !TryCut(ref rest, '-', out var preRelease))
            return false;

        if (!IsNumber(rest) || !AreIdentifiers(build, numbersAreCanonical: false) || !AreIdentifiers(preRelease, numbersAreCanonical: true))
            return false;

        return preRelease.IsEmpty || rest is not "0";
    }

    /// <summary>Cuts the part after the first <paramref name="separator"/>; false when there is a separator and nothing after it.</summary>
    private static bool TryCut(ref ReadOnlySpan<char> text, char separator, out ReadOnlySpan<char> tail)
    {
        tail = default;
        var at = text.IndexOf(separator);
        if (at < 0)
            return true;

        tail = text[(at + 1)..];
        text = text[..at];
        return !tail.IsEmpty;
    }

    private static bool IsNumber(ReadOnlySpan<char> text) =>
        text.Length > 0 && !text.ContainsAnyExceptInRange('0', '9') && (text.Length == 1 || text[0] != '0');

    private static bool AreIdentifiers(ReadOnlySpan<char> text, bool numbersAreCanonical)
    {
        if (text.IsEmpty)
            return true;

        foreach (var part in text.Split('.'))
        {
            var identifier = text[part];
            if (identifier.IsEmpty || identifier.ContainsAnyExcept(IdentifierCharacters))
                return false;

            if (numbersAreCanonical && !identifier.ContainsAnyExceptInRange('0', '9') && !IsNumber(identifier))
                return false;
        }

        return true;
    }
}
