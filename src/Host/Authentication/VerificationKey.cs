using Microsoft.IdentityModel.Tokens;

namespace QuikApp.Host.Authentication;

/// <summary>A key that checks signatures, bound to the one algorithm it is used with (RFC 8725 §3.1).</summary>
/// <param name="Kid">Its name, or null for the only key of an issuer that names none.</param>
/// <param name="Algorithm">The algorithm.</param>
/// <param name="Key">The key itself, checked for strength.</param>
internal sealed record VerificationKey(string? Kid, SignatureAlgorithm Algorithm, SecurityKey Key)
{
    /// <summary>Names the key without its material.</summary>
    public override string ToString() => $"{Kid ?? "(unnamed)"} {Algorithm.Name}";
}
