namespace QuikApp.Host.Authentication;

/// <summary>The kinds of keys. A verifier that holds both HMAC and public keys invites RFC 8725 §2.1's confusion.</summary>
internal enum KeyFamily
{
    /// <summary>A shared secret.</summary>
    Hmac,

    /// <summary>RSA, 2048 to 8192 bits.</summary>
    Rsa,

    /// <summary>P-256, P-384 or P-521.</summary>
    EllipticCurve,
}
