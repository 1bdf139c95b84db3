namespace QuikApp.Host.Authentication;

/// <summary>From a request to a user: picks the token, validates it and tells the audit log. For sockets, long poll and HTTP alike.</summary>
internal sealed class RequestAuthenticator(TokenValidator validator, AuthenticationAudit audit)
{
    /// <summary>Authenticates a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="subprotocol">See <see cref="HandshakeToken.Pick(HttpRequest, string?, bool)"/>.</param>
    /// <param name="allowQuery">Whether the query's token counts.</param>
    /// <param name="way">The audit log's word for how the token came.</param>
    public async ValueTask<TokenValidation> AuthenticateAsync(HttpRequest request, string? subprotocol, bool allowQuery, string way)
    {
        var picked = HandshakeToken.Pick(request, subprotocol, allowQuery);
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
