using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace QuikApp.Host.Authentication;

/// <summary>
/// Reads a JWKS (RFC 7517 §5). A key that is weak, secret, unnamed or for something else is left out, as §5 has it; a
/// document that is no JWKS at all, or holds too many keys, is refused whole.
/// </summary>
internal static class KeySetDocument
{
    /// <summary>The longest document, in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>The most keys in one document.</summary>
    public const int MaxKeys = 20;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>Reads a document.</summary>
    public static KeySetReading Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("keys", out var keys)
                || keys.ValueKind != JsonValueKind.Array)
            {
                return KeySetReading.Failed("is no JWKS");
            }

            if (keys.GetArrayLength() > MaxKeys)
                return KeySetReading.Failed($"holds more than {MaxKeys} keys");

            // Of two keys with one name the first counts, for every token alike.
            return KeySetReading.Of([.. keys.EnumerateArray().Select(TryKey).OfType<VerificationKey>().DistinctBy(key => key.Kid)]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return KeySetReading.Failed("is no JWKS");
        }
    }

    /// <summary>Reads OIDC metadata: the issuer and the address of its keys.</summary>
    public static (string? Issuer, string? KeySet) ReadMetadata(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return (Text(document.RootElement, "issuer"), Text(document.RootElement, "jwks_uri"));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return default;
        }
    }

    private static VerificationKey? TryKey(JsonElement jwk)
    {
        if (jwk.ValueKind != JsonValueKind.Object || Text(jwk, "kid") is not { } kid || !KeyId.IsValid(kid) || !IsForSignatures(jwk))
            return null;

        try
        {
            return Text(jwk, "kty") switch
            {
                "RSA" => TryRsa(jwk, kid),
                "EC" => TryCurve(jwk, kid),
                _ => null,
            };
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private static VerificationKey? TryRsa(JsonElement jwk, string kid)
    {
        // Without alg a key serves RS256 and nothing else: one key, one algorithm (RFC 8725 §3.1).
        if (AlgorithmOf(jwk, "RS256") is not { Family: KeyFamily.Rsa } algorithm)
            return null;

        var rsa = RSA.Create(new RSAParameters { Modulus = Bytes(jwk, "n"), Exponent = Bytes(jwk, "e") });
        return PublicKeyRules.ProblemOf(rsa) is null ? new(kid, algorithm, new RsaSecurityKey(rsa) { KeyId = kid }) : null;
    }

    private static VerificationKey? TryCurve(JsonElement jwk, string kid)
    {
        var (curve, name) = Text(jwk, "crv") switch
        {
            "P-256" => (ECCurve.NamedCurves.nistP256, "ES256"),
            "P-384" => (ECCurve.NamedCurves.nistP384, "ES384"),
            "P-521" => (ECCurve.NamedCurves.nistP521, "ES512"),
            _ => (default, string.Empty),
        };
        if (AlgorithmOf(jwk, name) is not { } algorithm || algorithm.Name != name)
            return null;

        // The import refuses a point that is not on the curve.
        var point = new ECPoint { X = Bytes(jwk, "x"), Y = Bytes(jwk, "y") };
        var key = ECDsa.Create(new ECParameters { Curve = curve, Q = point });
        return PublicKeyRules.ProblemOf(key, algorithm) is null ? new(kid, algorithm, new ECDsaSecurityKey(key) { KeyId = kid }) : null;
    }

    private static bool IsForSignatures(JsonElement jwk)
    {
        if (jwk.TryGetProperty("use", out _) && Text(jwk, "use") != "sig")
            return false;
        return !jwk.TryGetProperty("key_ops", out var uses)
            || (uses.ValueKind == JsonValueKind.Array && uses.EnumerateArray().Any(use => use.ValueKind == JsonValueKind.String && use.ValueEquals("verify")));
    }

    private static SignatureAlgorithm? AlgorithmOf(JsonElement jwk, string otherwise) =>
        SignatureAlgorithm.TryFind(jwk.TryGetProperty("alg", out _) ? Text(jwk, "alg") : otherwise);

    private static byte[] Bytes(JsonElement jwk, string name) =>
        Text(jwk, name) is { Length: > 0 } text ? Base64Url.DecodeFromChars(text) : throw new FormatException();

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
