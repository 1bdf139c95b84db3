using System.Buffers;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using QuikApp.Host.Sessions;

namespace QuikApp.Host.LongPoll;

/// <summary>
/// What a browser asks before and after a request of a page elsewhere (the Fetch standard, "CORS protocol"): such a page is
/// answered when the <see cref="OriginPolicy"/> allows it, and by its own name, not by <c>*</c> as Phoenix does.
/// </summary>
internal static class PollPages
{
    private const string Methods = "get, post, options";
    private const string MaxAge = "3600";

    // A header name or a list of them (RFC 9110 §5.6.2); anything else is not echoed.
    private static readonly SearchValues<char> HeaderNameList =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~, ");

    /// <summary>Whether the request's page may use the socket; if so its browser is told.</summary>
    public static bool TryAllow(HttpContext context, OriginPolicy origins)
    {
        context.Response.Headers.Vary = HeaderNames.Origin;
        if (!origins.Allows(context.Request))
            return false;
        if (context.Request.Headers.Origin is { Count: 1 } origin)
            context.Response.Headers.AccessControlAllowOrigin = origin;
        return true;
    }

    /// <summary>Answers what a browser asks before the request itself.</summary>
    public static void Preflight(HttpContext context)
    {
        var headers = context.Response.Headers;
        var asked = context.Request.Headers.AccessControlRequestHeaders;
        if (asked.Count > 0 && !asked.ToString().AsSpan().ContainsAnyExcept(HeaderNameList))
            headers.AccessControlAllowHeaders = new StringValues(asked.ToString());
        headers.AccessControlAllowMethods = Methods;
        headers.AccessControlMaxAge = MaxAge;
        context.Response.ContentLength = 0;
    }
}
