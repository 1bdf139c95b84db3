using Microsoft.Extensions.Primitives;
using QuikApp.Host.Authentication;
using QuikApp.Host.Sessions;

namespace QuikApp.Host.LongPoll;

/// <summary>The tokens of a long poll's request, told apart.</summary>
/// <remarks>
/// Both kinds travel as the query's <c>token</c>. A stock client that was given <c>params: {token}</c> sends its access token
/// first and, once it has one, the session token behind it; one that was given <c>authToken</c> sends that as a header with
/// every GET. The first GET ends in a bare <c>&amp;</c>.
/// </remarks>
/// <param name="Session">The session token as it came; null when there is none.</param>
/// <param name="Access">Where the request says who it is.</param>
internal readonly record struct PollRequest(string? Session, PresentedToken Access)
{
    /// <summary>Where <c>authToken</c> of Phoenix 1.8 puts the access token.</summary>
    public const string AccessHeader = "X-Phoenix-AuthToken";

    private const string SessionHeader = "X-Phoenix-LongPoll-Token";

    /// <summary>Reads a request.</summary>
    public static PollRequest Of(HttpRequest request)
    {
        string? session = null;
        var access = new List<string>();
        foreach (var token in request.Query[HandshakeToken.QueryName])
        {
            // A JWT has dots, a session token has none; of several the last counts, as in Phoenix.
            if (token is { Length: > 0 } && token.Contains('.', StringComparison.Ordinal))
                access.Add(token);
            else if (token is { Length: > 0 })
                session = token;
        }

        if (request.Headers[SessionHeader] is { Count: > 0 } header)
            session = header[^1];

        var own = request.Headers[AccessHeader];
        return new PollRequest(
            session, new PresentedToken(own.Count == 0 ? null : own[0], new StringValues([.. access]), IsBroken: own.Count > 1));
    }
}
