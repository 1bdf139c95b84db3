using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

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
    private const string ProblemType = "application/problem+json";
    private static readonly byte[] Unauthorized = """{"type":"about:blank","title":"Unauthorized","status":401}"""u8.ToArray();
    private static readonly byte[] Forbidden = """{"type":"about:blank","title":"Forbidden","status":403}"""u8.ToArray();

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
        return AnswerAsync(StatusCodes.Status401Unauthorized, "Bearer error=\"invalid_token\"", Unauthorized);
    }

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        AnswerAsync(StatusCodes.Status403Forbidden, "Bearer error=\"insufficient_scope\"", Forbidden);

    private Task AnswerAsync(int status, string challenge, byte[] body)
    {
        Response.StatusCode = status;
        Response.Headers[HeaderNames.WWWAuthenticate] = challenge;
        Response.Headers[HeaderNames.CacheControl] = "no-store";
        Response.ContentType = ProblemType;
        Response.ContentLength = body.Length;
        return Response.Body.WriteAsync(body, Context.RequestAborted).AsTask();
    }

    private ClaimsPrincipal PrincipalOf(AccessToken token)
    {
        var claims = new List<Claim> { new("sub", token.UserId.Value), new("role", RoleNames.NameOf(token.Role)) };
        claims.AddRange(token.Workspaces.Select(workspace => new Claim("workspace", workspace.Value)));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme.Name, nameType: "sub", roleType: "role"));
    }
}
