using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Authentication;

/// <summary>
/// Reads the claims of a token whose signature, issuer and audience are proven. Stricter than the library, which takes the
/// last of two equal names and turns text into numbers.
/// </summary>
internal static class TokenClaims
{
    private const int MaxNameLength = 128;
    private const int MaxReferenceLength = 128;

    // 9999-12-31T23:59:59Z: what a date can hold.
    private const long LastSecond = 253_402_300_799;

    /// <summary>Reads the claims part of a token.</summary>
    /// <param name="part">The middle part, base64url.</param>
    /// <param name="options">Names and time rules.</param>
    /// <param name="now">The time by our clock.</param>
    public static TokenValidation Read(ReadOnlySpan<char> part, AuthOptions options, DateTimeOffset now)
    {
        try
        {
            using var document = TokenText.ParseJson(part);
            return Read(document.RootElement, options, now);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return TokenValidation.Refused(TokenRefusal.Malformed);
        }
    }

    private static TokenValidation Read(JsonElement claims, AuthOptions options, DateTimeOffset now)
    {
        if (!UserId.TryParse(TryString(claims, "sub", out var subject) ? subject : null, out var user))
            return TokenValidation.Refused(TokenRefusal.Subject);

        if (!IsAudienceText(claims)
            || !TrySecond(claims, "exp", out var expires) || expires is null
            || !TrySecond(claims, "nbf", out var notBefore)
            || !TrySecond(claims, "iat", out var issued)
            || !TryReference(claims, "jti", out var tokenId)
            || !TryReference(claims, "sid", out var sessionId)
            || !TryWorkspaces(claims, options.WorkspaceClaim, out var workspaces)
            || !TryRole(claims, options.RoleClaim, out var role))
        {
            return TokenValidation.Refused(TokenRefusal.Claims);
        }

        if (CauseOf(expires.Value, notBefore, issued, options, now) is { } cause)
            return TokenValidation.Refused(cause);

        return TokenValidation.Accepted(new AccessToken
        {
            UserId = user,
            Workspaces = workspaces,
            Role = role,
            DisplayName = DisplayNameOf(claims),
            ExpiresAt = expires.Value,
            IssuedAt = issued,
            TokenId = tokenId,
            SessionId = sessionId,
        });
    }

    private static TokenRefusal? CauseOf(
        DateTimeOffset expires, DateTimeOffset? notBefore, DateTimeOffset? issued, AuthOptions options, DateTimeOffset now)
    {
        var skew = options.ClockSkew;
        if (now - expires >= skew)
            return TokenRefusal.Expired;
        if (notBefore - now > skew || issued - now > skew)
            return TokenRefusal.NotYetValid;

        // A token that does not say when it was made is counted from now: it may have been made long ago, but not live on for longer.
        return expires - (issued ?? now) > options.MaxLifetime || expires <= issued || expires <= notBefore
            ? TokenRefusal.Lifetime
            : null;
    }

    private static bool TryString(JsonElement claims, string name, out string? text)
    {
        text = null;
        if (!claims.TryGetProperty(name, out var value))
            return true;
        text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return text is not null;
    }

    // RFC 7519 §2 allows fractions; no issuer needs them, and they are where parsers disagree.
    private static bool TrySecond(JsonElement claims, string name, out DateTimeOffset? time)
    {
        time = null;
        if (!claims.TryGetProperty(name, out var value))
            return true;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var second) || second is < 0 or > LastSecond)
            return false;
        time = DateTimeOffset.FromUnixTimeSeconds(second);
        return true;
    }

    private static bool TryReference(JsonElement claims, string name, out string? reference) =>
        TryString(claims, name, out reference)
        && (reference is null
            || (reference.Length is > 0 and <= MaxReferenceLength && reference.All(c => c is > ' ' and < '\x7f')));

    private static bool IsAudienceText(JsonElement claims) =>
        claims.TryGetProperty("aud", out var value)
        && (value.ValueKind == JsonValueKind.String
            || (value.ValueKind == JsonValueKind.Array
                && value.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String)));

    private static bool TryWorkspaces(JsonElement claims, string name, out FrozenSet<WorkspaceId> workspaces)
    {
        workspaces = FrozenSet<WorkspaceId>.Empty;
        if (!claims.TryGetProperty(name, out var value))
            return true;

        var found = new List<WorkspaceId>();
        var values = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : new[] { value };
        foreach (var one in values)
        {
            if (one.ValueKind != JsonValueKind.String || !WorkspaceId.TryParse(one.GetString(), out var workspace))
                return false;
            found.Add(workspace);
        }

        workspaces = found.ToFrozenSet();
        return true;
    }

    private static bool TryRole(JsonElement claims, string name, out Role role)
    {
        role = Role.Member;
        return TryString(claims, name, out var text) && (text is null || RoleNames.TryParse(text, out role));
    }

    // A name that cannot be shown is no reason to keep its owner out: the user goes by the id then.
    private static string? DisplayNameOf(JsonElement claims)
    {
        if (!claims.TryGetProperty("name", out var value) || value.ValueKind != JsonValueKind.String)
            return null;
        var name = value.GetString()!;
        return name.Length is > 0 and <= MaxNameLength && !string.IsNullOrWhiteSpace(name) && !name.Any(IsUnshowable) ? name : null;
    }

    private static bool IsUnshowable(char c) =>
        c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069')
        || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Control
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
