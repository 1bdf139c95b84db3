namespace QuikApp.Host.Authentication;

/// <summary>
/// Why a token was refused. For the audit log and for tests: whoever sent the token gets one answer for every cause.
/// </summary>
internal enum TokenRefusal
{
    /// <summary>There is no token.</summary>
    Missing = 1,

    /// <summary>The only token came in the address, and <see cref="AuthOptions.AllowQueryToken"/> is off.</summary>
    QueryNotAllowed,

    /// <summary>Two places hold two different tokens.</summary>
    Conflicting,

    /// <summary>Longer than <see cref="AuthOptions.MaxTokenBytes"/>; not looked at any further.</summary>
    TooLarge,

    /// <summary>Not three parts of canonical base64url, a part is not JSON or names something twice, or a claim of RFC 7519 is of no type it can have.</summary>
    Malformed,

    /// <summary>A JWE, or a JWT within a JWT.</summary>
    Encrypted,

    /// <summary>The header brings a key or asks for something that must be understood: jku, x5u, jwk, x5c, crit, zip, b64.</summary>
    ForbiddenHeader,

    /// <summary>No or an unknown algorithm, or not the one that the key is for.</summary>
    Algorithm,

    /// <summary>Not an access token, or of no type.</summary>
    Type,

    /// <summary>The <c>kid</c> breaks the grammar.</summary>
    MalformedKeyId,

    /// <summary>No key of that name, or no name where one is needed.</summary>
    UnknownKey,

    /// <summary>The signature does not match.</summary>
    Signature,

    /// <summary>Another issuer.</summary>
    Issuer,

    /// <summary>For another audience.</summary>
    Audience,

    /// <summary>A claim is missing, or holds what it must not.</summary>
    Claims,

    /// <summary>No <c>sub</c>, or one that is no user id.</summary>
    Subject,

    /// <summary>Too late.</summary>
    Expired,

    /// <summary><c>nbf</c> or <c>iat</c> is in the future.</summary>
    NotYetValid,

    /// <summary>It lives longer than <see cref="AuthOptions.MaxLifetime"/>, or ends before it begins.</summary>
    Lifetime,

    /// <summary>Made before a revocation.</summary>
    Revoked,

    /// <summary>Which tokens were taken back could not be read lately: failure is closed.</summary>
    RevocationsUnknown,

    /// <summary>A fault of the server. Refused all the same: failure is closed.</summary>
    Fault,
}
