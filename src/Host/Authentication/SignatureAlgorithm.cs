using System.Collections.Frozen;

namespace QuikApp.Host.Authentication;

/// <summary>A signature algorithm that tokens may use (RFC 7518 §3.1). What is not in <see cref="TryFind"/> does not exist here.</summary>
/// <param name="Name">The <c>alg</c> header, in this case only.</param>
/// <param name="Family">The kind of key.</param>
/// <param name="HashBits">The hash's size: the least HMAC key (RFC 7518 §3.2), and which curve.</param>
internal sealed record SignatureAlgorithm(string Name, KeyFamily Family, int HashBits)
{
    private static readonly FrozenDictionary<string, SignatureAlgorithm> Known = new[]
    {
        new SignatureAlgorithm("HS256", KeyFamily.Hmac, 256),
        new SignatureAlgorithm("HS384", KeyFamily.Hmac, 384),
        new SignatureAlgorithm("HS512", KeyFamily.Hmac, 512),
        new SignatureAlgorithm("RS256", KeyFamily.Rsa, 256),
        new SignatureAlgorithm("RS384", KeyFamily.Rsa, 384),
        new SignatureAlgorithm("RS512", KeyFamily.Rsa, 512),
        new SignatureAlgorithm("PS256", KeyFamily.Rsa, 256),
        new SignatureAlgorithm("PS384", KeyFamily.Rsa, 384),
        new SignatureAlgorithm("PS512", KeyFamily.Rsa, 512),
        new SignatureAlgorithm("ES256", KeyFamily.EllipticCurve, 256),
        new SignatureAlgorithm("ES384", KeyFamily.EllipticCurve, 384),
        new SignatureAlgorithm("ES512", KeyFamily.EllipticCurve, 512),
    }.ToFrozenDictionary(algorithm => algorithm.Name, StringComparer.Ordinal);

    /// <summary>The size of the curve an ES algorithm is bound to, in bits (RFC 7518 §3.4): 256, 384, 521.</summary>
    public int CurveBits => HashBits == 512 ? 521 : HashBits;

    /// <summary>The least length of an HMAC key, in bytes.</summary>
    public int LeastKeyBytes => HashBits / 8;

    /// <summary>Finds an algorithm by its exact name; null for anything else, <c>none</c> in every spelling included.</summary>
    public static SignatureAlgorithm? TryFind(string? name) => name is null ? null : Known.GetValueOrDefault(name);
}
