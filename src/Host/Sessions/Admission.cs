using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using QuikApp.Host.Authentication;
using QuikApp.Protocol.Phoenix;
using QuikApp.Protocol.Presence;

namespace QuikApp.Host.Sessions;

/// <summary>What became of a handshake.</summary>
/// <param name="Status">200, or the HTTP status of the refusal.</param>
internal sealed record Admission(int Status)
{
    /// <summary>Whether a session may be opened.</summary>
    [MemberNotNullWhen(true, nameof(Token), nameof(Services))]
    public bool IsGranted => Token is not null && Services is not null;

    /// <summary>Who connects.</summary>
    public AccessToken? Token { get; private init; }

    /// <summary>The wire that was agreed on.</summary>
    public PhoenixVersion Version { get; private init; }

    /// <summary>The kind of device that connects.</summary>
    public Device Device { get; private init; }

    /// <summary>What the session will share with the others.</summary>
    public SessionServices? Services { get; private init; }

    /// <summary>When to try again; null when that would not help.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>Lets somebody in.</summary>
    public static Admission Grant(AccessToken token, Device device, PhoenixVersion version, SessionServices services) =>
        new(StatusCodes.Status200OK) { Token = token, Device = device, Version = version, Services = services };

    /// <summary>Refuses.</summary>
    public static Admission Refuse(int status, TimeSpan? retryAfter = null) => new(status) { RetryAfter = retryAfter };

    /// <summary>Answers a request with the refusal: its status, an empty body, whatever the cause.</summary>
    public void Answer(HttpContext context)
    {
        context.Response.StatusCode = Status;
        context.Response.ContentLength = 0;
        if (RetryAfter is { } wait)
            context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }
}
