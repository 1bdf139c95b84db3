using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Net.Http.Headers;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Host.Sockets;

/// <summary>
/// Turns a request into a socket: over HTTP/1.1 by RFC 6455 §4.2, over HTTP/2 by the extended CONNECT of RFC 8441.
/// </summary>
internal static class WebSocketUpgrade
{
    /// <summary>What Phoenix sends with its 101.</summary>
    private const string CacheControl = "max-age=0, private, must-revalidate";

    /// <summary>Upgrades, or answers the request with its refusal.</summary>
    /// <param name="context">The request; origin, token and <c>vsn</c> are already checked.</param>
    /// <param name="subprotocol">The one of the client's subprotocols to answer, or null.</param>
    /// <param name="options">The limits of the socket.</param>
    /// <param name="time">The clock of the socket.</param>
    /// <returns>
    /// The connection; the request must stay open until its <see cref="SocketConnection.Completion"/>. Null when the request
    /// was refused and answered: 400 for what is no valid upgrade, 503 when Kestrel takes no more sockets.
    /// </returns>
    public static async Task<SocketConnection?> AcceptAsync(
        HttpContext context,
        string? subprotocol,
        SocketOptions options,
        TimeProvider time)
    {
        var stream = context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect
            ? await AcceptHttp2Async(context, connect, subprotocol)
            : await AcceptHttp1Async(context, subprotocol);
        return stream is null ? null : new SocketConnection(stream, context.Abort, options, time);
    }

    private static async Task<Stream?> AcceptHttp1Async(HttpContext context, string? subprotocol)
    {
        var headers = context.Request.Headers;
        var request = new HandshakeRequest(
            context.Request.Method,
            headers.Connection,
            headers.Upgrade,
            headers.SecWebSocketKey,
            headers.SecWebSocketVersion);
        var outcome = WebSocketHandshake.Validate(request);
        if (outcome != HandshakeOutcome.Ok)
        {
            await RefuseAsync(context, outcome, request);
            return null;
        }

        // The headers are right and still it is no upgrade: HTTP/1.0 (Kestrel would take it, RFC 6455 §4.1 does not), or a body.
        if (!HttpProtocol.IsHttp11(context.Request.Protocol)
            || context.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } upgrade)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return null;
        }

        PrepareResponse(context, subprotocol);
        context.Response.Headers.Upgrade = "websocket";
        context.Response.Headers.SecWebSocketAccept = WebSocketHandshake.Accept(request.Key[0]!);
        try
        {
            return await upgrade.UpgradeAsync();
        }
        catch (InvalidOperationException) when (!context.Response.HasStarted)
        {
            // Kestrel's MaxConcurrentUpgradedConnections is reached; it has no other way of telling.
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "5";
            return null;
        }
    }

    private static async Task<Stream?> AcceptHttp2Async(
        HttpContext context,
        IHttpExtendedConnectFeature connect,
        string? subprotocol)
    {
        var version = context.Request.Headers.SecWebSocketVersion;
        if (!string.Equals(connect.Protocol, "websocket", StringComparison.OrdinalIgnoreCase)
            || !WebSocketHandshake.IsVersion13(version))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            context.Response.Headers.SecWebSocketVersion = WebSocketHandshake.Version;
            return null;
        }

        PrepareResponse(context, subprotocol);
        return await connect.AcceptAsync();
    }

    private static void PrepareResponse(HttpContext context, string? subprotocol)
    {
        // A socket lives long and is often silent; its own deadlines take the place of those for requests.
        var features = context.Features;
        features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        if (features.Get<IHttpMinResponseDataRateFeature>() is { } responseRate)
            responseRate.MinDataRate = null;
        if (features.Get<IHttpMinRequestBodyDataRateFeature>() is { } requestRate)
            requestRate.MinDataRate = null;
        if (features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bodySize)
            bodySize.MaxRequestBodySize = null;

        context.Response.Headers[HeaderNames.CacheControl] = CacheControl;
        if (subprotocol is not null)
            context.Response.Headers.SecWebSocketProtocol = subprotocol;
    }

    private static async Task RefuseAsync(HttpContext context, HandshakeOutcome outcome, HandshakeRequest request)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        if (outcome == HandshakeOutcome.WrongVersion)
            context.Response.Headers.SecWebSocketVersion = WebSocketHandshake.Version;

        var body = WebSocketHandshake.Explain(outcome, request);
        if (body.Length == 0)
            return;

        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await context.Response.WriteAsync(body, context.RequestAborted);
    }
}
