using Microsoft.Extensions.Primitives;

namespace QuikApp.Host.Authentication;

/// <summary>Finds the one token of a request.</summary>
/// <param name="Token">The token as it came, not yet looked at; null with a <paramref name="Cause"/>.</param>
/// <param name="Cause">Why there is none.</param>
internal readonly record struct HandshakeToken(string? Token, TokenRefusal Cause)
{
    private const string Scheme = "Bearer";

    /// <summary>The query's name for the token.</summary>
    public const string QueryName = "token";

    /// <summary>
    /// Takes the token from the subprotocol, the <c>Authorization</c> header (RFC 6750 §2.1) or the query. The same token in
    /// several places is fine; two different ones are refused, since whoever put the second there may not be who put the first.
    /// </summary>
    /// <param name="subprotocol">The token that <c>Sec-WebSocket-Protocol</c> or long poll's <c>X-Phoenix-AuthToken</c> held, decoded.</param>
    /// <param name="authorization">The values of <c>Authorization</c>; schemes other than Bearer are not ours.</param>
    /// <param name="query">The values of the query's <c>token</c>.</param>
    /// <param name="allowQuery">Whether the query counts: <see cref="AuthOptions.AllowQueryToken"/>.</param>
    public static HandshakeToken Pick(string? subprotocol, StringValues authorization, StringValues query, bool allowQuery)
    {
        string? token = null;
        if (!TryTake(subprotocol, ref token))
            return Refused(TokenRefusal.Conflicting);

        foreach (var value in authorization)
        {
            if (!TryTake(BearerOf(value), ref token))
                return Refused(TokenRefusal.Conflicting);
        }

        if (!allowQuery)
            return token is not null ? new(token, default) : Refused(HasAny(query) ? TokenRefusal.QueryNotAllowed : TokenRefusal.Missing);

        foreach (var value in query)
        {
            if (!TryTake(value, ref token))
                return Refused(TokenRefusal.Conflicting);
        }

        return token is not null ? new(token, default) : Refused(TokenRefusal.Missing);
    }

    /// <summary>Names the cause and never the token.</summary>
    public override string ToString() => Token is null ? Cause.ToString() : "(a token)";

    private static HandshakeToken Refused(TokenRefusal cause) => new(null, cause);

    private static bool HasAny(StringValues values) => values.Any(value => !string.IsNullOrEmpty(value));

    private static bool TryTake(string? candidate, ref string? token)
    {
        if (string.IsNullOrEmpty(candidate))
            return true;
        token ??= candidate;
        return string.Equals(token, candidate, StringComparison.Ordinal);
    }

    private static string? BearerOf(string? header) =>
        header is not null && header.Length > Scheme.Length && header[Scheme.Length] == ' '
            && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? header[Scheme.Length..].Trim(' ')
            : null;
}
