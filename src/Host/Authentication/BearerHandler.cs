using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using QuikApp.Host.Api.Problems;

namespace QuikApp.Host.Authentication;

/// <summary>Authenticates the HTTP API by the <c>Authorization</c> header, with one answer for every cause.</summary>
internal sealed class BearerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    RequestAuthenticator authenticator,
    AuthenticationAudit audit) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The scheme's name.</summary>
    public const string SchemeName = "Bearer";

    private const string Way = "http";

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // Health, metrics and documents ask for no token: its absence there is no event for the audit log.
        if (Request.Headers.Authorization.Count == 0)
            return AuthenticateResult.NoResult();

        var result = await authenticator.AuthenticateAsync(Request, subprotocol: null, allowQuery: false, Way);
        if (!result.IsAccepted)
            return AuthenticateResult.Fail("refused");

        Context.Features.Set(result.Token);
        return AuthenticateResult.Success(new AuthenticationTicket(PrincipalOf(result.Token), Scheme.Name));
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Request.Headers.Authorization.Count == 0)
            audit.TokenRefused(TokenRefusal.Missing, Way, Context.Connection.RemoteIpAddress);
        return AnswerAsync("Bearer error=\"invalid_token\"", ProblemReason.Unauthorized);
    }

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        AnswerAsync("Bearer error=\"insufficient_scope\"", ProblemReason.Forbidden);

    private Task AnswerAsync(string challenge, ProblemReason reason)
    {
        Response.Headers[HeaderNames.WWWAuthenticate] = challenge;
        return Problem.Of(reason).WriteAsync(Response);
    }

    private ClaimsPrincipal PrincipalOf(AccessToken token)
    {
        var claims = new List<Claim> { new("sub", token.UserId.Value), new("role", RoleNames.NameOf(token.Role)) };
        claims.AddRange(token.Workspaces.Select(workspace => new Claim("workspace", workspace.Value)));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme.Name, nameType: "sub", roleType: "role"));
    }
}
