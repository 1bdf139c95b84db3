using System.Text.Json;

namespace QuikApp.Host.Authentication;

/// <summary>
/// The cheap look at a token before any cryptography: size, shape, and a header that asks for nothing but a known key and
/// algorithm. The library reads the token again from the same bytes.
/// </summary>
/// <param name="Algorithm">The algorithm named.</param>
/// <param name="Kid">The key named, if one is.</param>
internal sealed record TokenHeader(SignatureAlgorithm Algorithm, string? Kid)
{
    // RFC 8725 §3.10 and RFC 7515 §4.1.11: a key that the sender brings is no key, and we understand no extension.
    private static readonly string[] Forbidden = ["jku", "x5u", "jwk", "x5c", "crit", "zip", "b64"];
    private static readonly string[] OfEncryption = ["enc", "epk", "apu", "apv", "p2s", "p2c", "cty"];

    /// <summary>Reads the header; null with the cause when the token is not worth a signature check.</summary>
    public static TokenHeader? TryRead(string token, int maxBytes, TokenTypes types, out TokenRefusal cause)
    {
        cause = default;
        if (token.Length > maxBytes)
            cause = TokenRefusal.TooLarge;
        else if (!TokenText.HasShape(token, out var isEncrypted))
            cause = isEncrypted ? TokenRefusal.Encrypted : TokenRefusal.Malformed;
        if (cause != default)
            return null;

        try
        {
            using var header = TokenText.ParseJson(token.AsSpan(0, token.IndexOf('.', StringComparison.Ordinal)));
            return Read(header.RootElement, types, out cause);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is the reader's word for a string that is no text (a lone surrogate).
            cause = TokenRefusal.Malformed;
            return null;
        }
    }

    private static TokenHeader? Read(JsonElement header, TokenTypes types, out TokenRefusal cause)
    {
        SignatureAlgorithm? algorithm = null;
        string? kid = null;
        cause = CauseOf(header);
        if (cause == default && (algorithm = SignatureAlgorithm.TryFind(StringOf(header, "alg"))) is null)
            cause = TokenRefusal.Algorithm;
        if (cause == default && !types.Accepts(StringOf(header, "typ")))
            cause = TokenRefusal.Type;
        if (cause == default && header.TryGetProperty("kid", out var name)
            && (name.ValueKind != JsonValueKind.String || !KeyId.IsValid(kid = name.GetString())))
        {
            cause = TokenRefusal.MalformedKeyId;
        }

        return cause == default ? new(algorithm!, kid) : null;
    }

    private static TokenRefusal CauseOf(JsonElement header)
    {
        if (header.ValueKind != JsonValueKind.Object)
            return TokenRefusal.Malformed;
        if (OfEncryption.Any(name => header.TryGetProperty(name, out _)))
            return TokenRefusal.Encrypted;
        return Forbidden.Any(name => header.TryGetProperty(name, out _)) ? TokenRefusal.ForbiddenHeader : default;
    }

    private static string? StringOf(JsonElement header, string name) =>
        header.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
