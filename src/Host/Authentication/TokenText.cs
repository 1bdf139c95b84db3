using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace QuikApp.Host.Authentication;

/// <summary>
/// The strict side of a token's text: three parts of canonical base64url (RFC 7515 §2: no padding, no white space, no stray
/// bits), so that one token has one spelling; and JSON without double names, so that it has one meaning.
/// </summary>
internal static class TokenText
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static readonly SearchValues<char> Characters = SearchValues.Create(Alphabet);

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>Whether the token is three parts, none empty; five are a JWE.</summary>
    public static bool HasShape(ReadOnlySpan<char> token, out bool isEncrypted)
    {
        var dots = token.Count('.');
        isEncrypted = dots == 4;
        if (dots != 2)
            return false;

        foreach (var part in token.Split('.'))
        {
            if (!IsCanonical(token[part]))
                return false;
        }

        return true;
    }

    /// <summary>Parses a part that <see cref="HasShape"/> accepted.</summary>
    /// <exception cref="JsonException">It is no UTF-8, no JSON, deeper than 8, or names something twice.</exception>
    public static JsonDocument ParseJson(ReadOnlySpan<char> part)
    {
        var bytes = Base64Url.DecodeFromChars(part);
        return Utf8.IsValid(bytes) ? JsonDocument.Parse(bytes, Strict) : throw new JsonException();
    }

    private static bool IsCanonical(ReadOnlySpan<char> part)
    {
        if (part.IsEmpty || part.ContainsAnyExcept(Characters))
            return false;

        // 2 or 3 characters over hold 4 or 2 bits that belong to no byte; were they free, a token would have 16 spellings.
        var last = Alphabet.IndexOf(part[^1], StringComparison.Ordinal);
        return (part.Length % 4) switch
        {
            0 => true,
            2 => (last & 0b1111) == 0,
            3 => (last & 0b11) == 0,
            _ => false,
        };
    }
}
