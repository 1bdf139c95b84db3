using Microsoft.Extensions.Options;
using QuikApp.Actors.Telemetry;
using QuikApp.Host.Authentication;
using QuikApp.Host.Authentication.Revocations;
using QuikApp.Protocol.Phoenix;
using QuikApp.Protocol.Presence;

namespace QuikApp.Host.Sessions;

/// <summary>
/// Checks a handshake, whatever its transport, in the order in which Phoenix does: origin, the transport's own header, version and
/// device, user; and before all of them whether this node takes anybody now.
/// </summary>
internal sealed class SessionAdmission(
    RequestAuthenticator authenticator,
    OriginPolicy origins,
    HandshakeLimits handshakes,
    SessionRegistry registry,
    SessionServicesSource services,
    IRevocations revocations,
    IOptions<AuthOptions> auth)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary>Whether the request may open a session, and whose. A refusal is counted.</summary>
    /// <param name="context">The request.</param>
    /// <param name="presented">Where it says who it is.</param>
    /// <param name="way">The audit log's word for the transport.</param>
    public async ValueTask<Admission> AdmitAsync(HttpContext context, PresentedToken presented, string way)
    {
        var admission = await CheckAsync(context, presented, way);
        if (!admission.IsGranted)
            QuikAppMetrics.Refused("handshake");
        return admission;
    }

    private async ValueTask<Admission> CheckAsync(HttpContext context, PresentedToken presented, string way)
    {
        if (registry.IsDraining || !revocations.IsCurrent || services.Current is not { } shared)
            return Admission.Refuse(StatusCodes.Status503ServiceUnavailable, Soon);

        if (!handshakes.TryTake(context.Connection.RemoteIpAddress, out var retryAfter))
            return Admission.Refuse(StatusCodes.Status429TooManyRequests, retryAfter);

        var query = context.Request.Query["vsn"];
        var device = context.Request.Query["device"];
        if (!origins.Allows(context.Request)
            || presented.IsBroken
            || context.Request.Query.ContainsKey("vsn[]")
            || !PhoenixVersions.TryParse(query.Count == 0 ? null : query[^1], out var version)
            || !PresenceWords.TryParse(device.Count == 0 ? null : device[^1], out Device kind))
        {
            return Admission.Refuse(StatusCodes.Status403Forbidden);
        }

        var who = await authenticator.AuthenticateAsync(
            context.Request, presented.Header, presented.Query, auth.Value.AllowQueryToken, way);
        return who.IsAccepted
            ? Admission.Grant(who.Token, kind, version, shared)
            : Admission.Refuse(StatusCodes.Status403Forbidden);
    }
}
