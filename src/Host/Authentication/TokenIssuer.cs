using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Authentication;

/// <summary>Makes tokens for the command line, the start banner and tests; an issuer of one's own does it in Production.</summary>
internal sealed class TokenIssuer(IOptions<AuthOptions> options, SigningKeyRing ring, TimeProvider time)
{
    private const string TokenType = "at+jwt";

    private readonly AuthOptions _options = options.Value;
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>Why this server can make no tokens, in a sentence for the operator; null when it can.</summary>
    public string? Obstacle => ring.Signing is not null
        ? null
        : "No private key is configured, so this server can check tokens but not make them. "
            + "Ask your issuer for a token, or set Auth:SigningKeys:0:KeyPath to a private key.";

    /// <summary>Makes a token.</summary>
    /// <param name="user">Whom it speaks for.</param>
    /// <param name="workspaces">The workspaces it opens.</param>
    /// <param name="role">What the user may do.</param>
    /// <param name="ttl">How long it lives, from one second to <see cref="AuthOptions.MaxLifetime"/>; fractions of a second are dropped.</param>
    /// <param name="displayName">The name to show, if one is known.</param>
    /// <exception cref="InvalidOperationException">There is an <see cref="Obstacle"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ttl"/> is out of range.</exception>
    public string Issue(
        UserId user, IReadOnlyCollection<WorkspaceId> workspaces, Role role, TimeSpan ttl, string? displayName = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ttl, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ttl, _options.MaxLifetime);
        if (ring.Signing is not { } signing)
            throw new InvalidOperationException(Obstacle);

        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>
        {
            ["iss"] = _options.Issuer,
            ["aud"] = _options.Audience,
            ["sub"] = user.Value,
            ["iat"] = now,
            ["exp"] = now + (long)ttl.TotalSeconds,
            ["jti"] = NewName(),
            ["sid"] = NewName(),
            [_options.WorkspaceClaim] = workspaces.Select(workspace => workspace.Value).ToArray(),
            [_options.RoleClaim] = RoleNames.NameOf(role),
        };
        if (displayName is not null)
            claims["name"] = displayName;

        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Claims = claims,
            SigningCredentials = signing,
            TokenType = TokenType,
        });
    }

    private static string NewName() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
