namespace QuikApp.Host.Authentication;

/// <summary>One key of the issuer: exactly one of the four places, and the one algorithm it is used with.</summary>
internal sealed class SigningKeyOptions
{
    /// <summary>The name that tokens call the key by, at most 128 of <c>[A-Za-z0-9._-]</c>. Only a single key may do without.</summary>
    /// <value>None.</value>
    public string? Kid { get; set; }

    /// <summary>HS256, HS384, HS512, RS256 … RS512, PS256 … PS512, ES256, ES384 or ES512.</summary>
    /// <value>None: required.</value>
    public string Algorithm { get; set; } = string.Empty;

    /// <summary>An HMAC key in base64. Prefer <see cref="KeyPath"/>: environments end up in crash reports.</summary>
    /// <value>None.</value>
    public string? Key { get; set; }

    /// <summary>A public key, PEM (<c>BEGIN PUBLIC KEY</c>).</summary>
    /// <value>None.</value>
    public string? PublicKeyPem { get; set; }

    /// <summary>A file with a public key in PEM.</summary>
    /// <value>None.</value>
    public string? PublicKeyPath { get; set; }

    /// <summary>
    /// A file, mode not wider than 0640, with a private key in PEM (tokens can then be made too) or, for HMAC, with the key
    /// in base64.
    /// </summary>
    /// <value>None.</value>
    public string? KeyPath { get; set; }
}
