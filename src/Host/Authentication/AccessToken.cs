using System.Collections.Frozen;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Authentication;

/// <summary>Whom a validated token speaks for. Holds nothing of the token's text.</summary>
internal sealed class AccessToken
{
    /// <summary>Who (<c>sub</c>).</summary>
    public required UserId UserId { get; init; }

    /// <summary>The workspaces that the token opens; may be empty.</summary>
    public required FrozenSet<WorkspaceId> Workspaces { get; init; }

    /// <summary>What the user may do; <see cref="Role.Member"/> when the token does not say.</summary>
    public required Role Role { get; init; }

    /// <summary>The name to show (<c>name</c>), at most 128 characters, free of control and direction characters.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The end as the token says it (<c>exp</c>), clock skew not added.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When the token was made (<c>iat</c>): one made before a revocation is revoked.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>The token's own name (<c>jti</c>), at most 128 characters of printable ASCII.</summary>
    public string? TokenId { get; init; }

    /// <summary>The login that the token belongs to (<c>sid</c>), at most 128 characters of printable ASCII.</summary>
    public string? SessionId { get; init; }
}
