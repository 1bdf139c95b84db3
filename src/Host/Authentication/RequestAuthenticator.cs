using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace QuikApp.Host.Authentication;

/// <summary>From a request to a user: picks the token, validates it and tells the audit log. For sockets, long poll and HTTP alike.</summary>
internal sealed class RequestAuthenticator(TokenValidator validator, AuthenticationAudit audit)
{
    /// <summary>Authenticates a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="subprotocol">See <see cref="HandshakeToken.Pick"/>.</param>
    /// <param name="allowQuery">Whether the query's token counts.</param>
    /// <param name="way">The audit log's word for how the token came.</param>
    public ValueTask<TokenValidation> AuthenticateAsync(HttpRequest request, string? subprotocol, bool allowQuery, string way) =>
        AuthenticateAsync(request, subprotocol, request.Query[HandshakeToken.QueryName], allowQuery, way);

    /// <summary>Authenticates a request in whose query not every <c>token</c> is an access token.</summary>
    /// <param name="request">The request.</param>
    /// <param name="subprotocol">See <see cref="HandshakeToken.Pick"/>.</param>
    /// <param name="query">Those of the query's tokens that are access tokens.</param>
    /// <param name="allowQuery">Whether they count.</param>
    /// <param name="way">The audit log's word for how the token came.</param>
    public async ValueTask<TokenValidation> AuthenticateAsync(
        HttpRequest request, string? subprotocol, StringValues query, bool allowQuery, string way)
    {
        var picked = HandshakeToken.Pick(subprotocol, request.Headers[HeaderNames.Authorization], query, allowQuery);
        var result = picked.Token is { } token
            ? await validator.ValidateAsync(token)
            : TokenValidation.Refused(picked.Cause);

        var remote = request.HttpContext.Connection.RemoteIpAddress;
        if (result.IsAccepted)
            audit.TokenAccepted(result.Token.UserId.Value, way, remote);
        else
            audit.TokenRefused(result.Cause, way, remote);
        return result;
    }
}
