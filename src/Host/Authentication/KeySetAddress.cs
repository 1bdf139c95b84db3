namespace QuikApp.Host.Authentication;

/// <summary>Where a JWKS is found: a file, a JWKS address, or an OIDC issuer whose metadata names the JWKS.</summary>
/// <param name="Location">An absolute http, https or file address.</param>
/// <param name="IsDiscovery">Whether the address answers with OIDC metadata rather than with keys.</param>
/// <param name="AllowLoopback">Whether plain http is allowed on loopback: Development.</param>
internal sealed record KeySetAddress(Uri Location, bool IsDiscovery, bool AllowLoopback)
{
    private const string Discovery = "/.well-known/openid-configuration";
    private const string FileScheme = "file:";

    private static readonly string[] KeySetEndings = [".json", "/jwks", "/keys", "/certs"];

    /// <summary>Reads <c>Auth:Authority</c>; null with the reason when it is not allowed.</summary>
    public static KeySetAddress? TryParse(string authority, bool isDevelopment, out string? problem)
    {
        problem = null;
        if (authority.StartsWith(FileScheme, StringComparison.Ordinal))
            return TryFile(authority[FileScheme.Length..], out problem);

        if (!Uri.TryCreate(authority, UriKind.Absolute, out var address) || !IsSecure(address, isDevelopment))
        {
            problem = "must be an https address (in Development also http on loopback) or file: and a path";
            return null;
        }

        if (address.UserInfo.Length > 0 || address.Fragment.Length > 0)
        {
            problem = "must hold no user, password or fragment";
            return null;
        }

        var path = address.AbsolutePath.TrimEnd('/');
        if (path.EndsWith(Discovery, StringComparison.Ordinal))
            return new(address, IsDiscovery: true, isDevelopment);
        if (KeySetEndings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
            return new(address, IsDiscovery: false, isDevelopment);
        return new(new UriBuilder(address) { Path = path + Discovery }.Uri, IsDiscovery: true, isDevelopment);
    }

    /// <summary>The address that OIDC metadata names, if it is as trustworthy as its own.</summary>
    public Uri? Follow(string? jwksUri) =>
        Uri.TryCreate(jwksUri, UriKind.Absolute, out var address) && IsSecure(address, AllowLoopback) ? address : null;

    private static KeySetAddress? TryFile(string path, out string? problem)
    {
        // Both file:/etc/jwks.json and file:///etc/jwks.json are written; and file:keys/jwks.json is relative.
        path = path.StartsWith("///", StringComparison.Ordinal) ? path[2..] : path;
        problem = path.Length == 0 || path.StartsWith("//", StringComparison.Ordinal) ? "names no path of this machine" : null;
        return problem is null ? new(new Uri(Path.GetFullPath(path)), IsDiscovery: false, AllowLoopback: false) : null;
    }

    private static bool IsSecure(Uri address, bool allowLoopback) =>
        address.Scheme == Uri.UriSchemeHttps || (allowLoopback && address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);
}
