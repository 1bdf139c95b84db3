using Akka.Streams;
using Akka.Streams.Dsl;
using Microsoft.Extensions.Options;
using QuikApp.Actors.Telemetry;
using QuikApp.Host.Authentication;
using QuikApp.Host.Sockets;
using QuikApp.Protocol.Phoenix;
using QuikApp.Protocol.Presence;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Host.Sessions;

/// <summary>
/// The socket endpoints: checks a handshake as Phoenix does (<see cref="SessionAdmission"/>, then the upgrade itself) and
/// runs the socket's stream. Every refusal is 403 with an empty body, whatever its cause.
/// </summary>
internal sealed class SocketEndpoint(
    SessionAdmission admission,
    SessionRegistry registry,
    LiveSockets live,
    IMaterializer materializer,
    IOptions<SocketOptions> options,
    TimeProvider time)
{
    /// <summary>Handles a request to a socket endpoint.</summary>
    public async Task Handle(HttpContext context)
    {
        var subprotocol = SubprotocolToken.Read(context.Request.Headers.SecWebSocketProtocol);
        var presented = new PresentedToken(subprotocol.Token, context.Request.Query[HandshakeToken.QueryName], subprotocol.IsRefused);
        var who = await admission.AdmitAsync(context, presented, "socket");
        if (!who.IsGranted)
        {
            who.Answer(context);
            return;
        }

        var answer = subprotocol.AnswersPhoenix ? SubprotocolToken.Phoenix : null;
        if (await WebSocketUpgrade.AcceptAsync(context, answer, options.Value, time) is { } connection)
            await Run(connection, who.Token, who.Device, who.Version, who.Services);
    }

    private async Task Run(SocketConnection connection, AccessToken token, Device device, PhoenixVersion version, SessionServices shared)
    {
        var socket = new SessionSocket(connection);
        QuikAppMetrics.SocketOpened();
        live.Track(connection);
        registry.Add(token.UserId, socket);
        try
        {
            var session = new SessionSink(self => new Session(token, device, version, socket, self, shared), socket);
            var ended = Source.FromGraph(new SocketSource(connection)).ToMaterialized(session, Keep.Left).Run(materializer);
            var end = await ended;
            QuikAppMetrics.SocketClosed(end.Code);
        }
        finally
        {
            registry.Remove(token.UserId, socket);
            live.Forget(connection);
        }
    }

    private sealed class SessionSocket(SocketConnection connection) : ISessionSocket
    {
        public Task Ended => connection.Completion;

        public void Send(WireFrame frame) => connection.Outbox.TryEnqueue(frame);

        public Task Room(CancellationToken cancellation) => connection.Outbox.WhenRoom().WaitAsync(cancellation);

        public void Close(int code, string reason) => connection.Close(code, reason);
    }
}
