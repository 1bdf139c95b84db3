using System.Security.Cryptography;

namespace QuikApp.Host.Authentication;

/// <summary>How strong a public key must be, wherever it comes from.</summary>
internal static class PublicKeyRules
{
    /// <summary>The least RSA modulus in bits.</summary>
    public const int LeastRsaBits = 2048;

    /// <summary>The greatest: checking a signature costs the square of it.</summary>
    public const int MostRsaBits = 8192;

    /// <summary>The reason why an RSA key is refused, or null.</summary>
    public static string? ProblemOf(RSA key)
    {
        if (key.KeySize is < LeastRsaBits or > MostRsaBits)
            return $"has {key.KeySize} bits; RSA needs {LeastRsaBits} to {MostRsaBits}";

        // With an exponent of 1 every number is its own signature.
        var exponent = key.ExportParameters(includePrivateParameters: false).Exponent.AsSpan().TrimStart((byte)0);
        return exponent.Length == 0 || (exponent[^1] & 1) == 0 || (exponent.Length == 1 && exponent[0] < 3)
            ? "has an RSA exponent that proves nothing; make a new key"
            : null;
    }

    /// <summary>The reason why a curve key is refused for an algorithm, or null. That the point is on the curve, the import has checked.</summary>
    public static string? ProblemOf(ECDsa key, SignatureAlgorithm algorithm) =>
        key.KeySize == algorithm.CurveBits && IsNistCurve(key.ExportParameters(includePrivateParameters: false).Curve)
            ? null
            : $"is on another curve; {algorithm.Name} needs P-{algorithm.CurveBits}";

    // secp256k1 and brainpoolP256r1 have 256 bits too.
    private static bool IsNistCurve(ECCurve curve) =>
        curve.IsNamed && curve.Oid.Value is "1.2.840.10045.3.1.7" or "1.3.132.0.34" or "1.3.132.0.35";
}
