namespace QuikApp.Host.Sessions;

/// <summary>
/// Which pages may open a socket: a browser sends its page's origin, and a foreign one must not ride on what the browser
/// knows (RFC 6455 §10.2). No origin is no browser.
/// </summary>
/// <param name="allowed">Origins besides the server's own, exactly as browsers write them: <c>https://chat.example.com</c>.</param>
internal sealed class OriginPolicy(IEnumerable<string> allowed)
{
    private readonly HashSet<string> _allowed = new(allowed, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the request's page may open a socket.</summary>
    public bool Allows(HttpRequest request)
    {
        var origins = request.Headers.Origin;
        if (origins.Count == 0)
            return true;
        if (origins.Count != 1 || origins[0] is not { Length: > 0 } origin)
            return false;
        return _allowed.Contains(origin) || IsOwn(origin, request);
    }

    private static bool IsOwn(string origin, HttpRequest request) =>
        string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
}
