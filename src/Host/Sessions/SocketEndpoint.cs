using Akka.Streams;
using Akka.Streams.Dsl;
using Microsoft.Extensions.Options;
using QuikApp.Actors.Telemetry;
using QuikApp.Host.Authentication;
using QuikApp.Host.Authentication.Revocations;
using QuikApp.Host.Sockets;
using QuikApp.Protocol.Phoenix;
using QuikApp.Protocol.Presence;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Host.Sessions;

/// <summary>
/// The socket endpoints: checks a handshake in the order in which Phoenix does (origin, subprotocol, version and device, user, then
/// the upgrade itself) and runs the socket's stream. Every refusal is 403 with an empty body, whatever its cause.
/// </summary>
internal sealed class SocketEndpoint(
    RequestAuthenticator authenticator,
    OriginPolicy origins,
    HandshakeLimits handshakes,
    SessionRegistry registry,
    LiveSockets live,
    SessionServicesSource services,
    IRevocations revocations,
    IMaterializer materializer,
    IOptions<AuthOptions> auth,
    IOptions<SocketOptions> options,
    TimeProvider time)
{
    /// <summary>Handles a request to a socket endpoint.</summary>
    public async Task Handle(HttpContext context)
    {
        if (registry.IsDraining || !revocations.IsCurrent || services.Current is not { } shared)
        {
            Refuse(context, StatusCodes.Status503ServiceUnavailable);
            context.Response.Headers.RetryAfter = "1";
            return;
        }

        if (!handshakes.TryTake(context.Connection.RemoteIpAddress, out var retryAfter))
        {
            Refuse(context, StatusCodes.Status429TooManyRequests);
            context.Response.Headers.RetryAfter = ((int)Math.Ceiling(retryAfter.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
            return;
        }

        if (!origins.Allows(context.Request))
        {
            Refuse(context, StatusCodes.Status403Forbidden);
            return;
        }

        var subprotocol = SubprotocolToken.Read(context.Request.Headers.SecWebSocketProtocol);
        var query = context.Request.Query["vsn"];
        var device = context.Request.Query["device"];
        if (subprotocol.IsRefused
            || context.Request.Query.ContainsKey("vsn[]")
            || !PhoenixVersions.TryParse(query.Count == 0 ? null : query[^1], out var version)
            || !PresenceWords.TryParse(device.Count == 0 ? null : device[^1], out Device kind))
        {
            Refuse(context, StatusCodes.Status403Forbidden);
            return;
        }

        var who = await authenticator.AuthenticateAsync(context.Request, subprotocol.Token, auth.Value.AllowQueryToken, "socket");
        if (!who.IsAccepted)
        {
            Refuse(context, StatusCodes.Status403Forbidden);
            return;
        }

        var answer = subprotocol.AnswersPhoenix ? SubprotocolToken.Phoenix : null;
        if (await WebSocketUpgrade.AcceptAsync(context, answer, options.Value, time) is { } connection)
            await Run(connection, who.Token, kind, version, shared);
    }

    private async Task Run(SocketConnection connection, AccessToken token, Device device, PhoenixVersion version, SessionServices shared)
    {
        QuikAppMetrics.SocketOpened();
        live.Track(connection);
        registry.Add(token.UserId, connection);
        try
        {
            var socket = new SessionSocket(connection);
            var session = new SessionSink(self => new Session(token, device, version, socket, self, shared), socket);
            var ended = Source.FromGraph(new SocketSource(connection)).ToMaterialized(session, Keep.Left).Run(materializer);
            var end = await ended;
            QuikAppMetrics.SocketClosed(end.Code);
        }
        finally
        {
            registry.Remove(token.UserId, connection);
            live.Forget(connection);
        }
    }

    private static void Refuse(HttpContext context, int status)
    {
        QuikAppMetrics.Refused("handshake");
        context.Response.StatusCode = status;
        context.Response.ContentLength = 0;
    }

    private sealed class SessionSocket(SocketConnection connection) : ISessionSocket
    {
        public void Send(WireFrame frame) => connection.Outbox.TryEnqueue(frame);

        public Task Room(CancellationToken cancellation) => connection.Outbox.WhenRoom().WaitAsync(cancellation);

        public void Close(int code, string reason) => connection.Close(code, reason);
    }
}
