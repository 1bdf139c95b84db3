using System.Diagnostics.CodeAnalysis;

namespace QuikApp.Host.Authentication;

/// <summary>What came of a token: whom it speaks for, or why not.</summary>
internal readonly struct TokenValidation
{
    private TokenValidation(AccessToken? token, TokenRefusal cause) => (Token, Cause) = (token, cause);

    /// <summary>The accepted token.</summary>
    public AccessToken? Token { get; }

    /// <summary>Why it was refused; for the audit log only. Says nothing when accepted.</summary>
    public TokenRefusal Cause { get; }

    /// <summary>Whether the token was accepted.</summary>
    [MemberNotNullWhen(true, nameof(Token))]
    public bool IsAccepted => Token is not null;

    /// <summary>The token is good.</summary>
    public static TokenValidation Accepted(AccessToken token) => new(token, default);

    /// <summary>It is not.</summary>
    public static TokenValidation Refused(TokenRefusal cause) => new(null, cause);
}
