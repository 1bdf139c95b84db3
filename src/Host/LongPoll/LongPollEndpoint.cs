using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using QuikApp.Actors.LongPoll;
using QuikApp.Actors.Telemetry;
using QuikApp.Host.Authentication;
using QuikApp.Host.Sessions;

namespace QuikApp.Host.LongPoll;

/// <summary>
/// The long-poll endpoint: a GET opens a session or waits for what one has to say, a POST brings it messages. Which session
/// it is, and on which node, stands in the session token.
/// </summary>
internal sealed partial class LongPollEndpoint(
    SessionAdmission admission,
    OriginPolicy origins,
    TokenValidator validator,
    PollTokens tokens,
    LongPollRouter router,
    IOptions<LongPollOptions> options,
    IOptions<Sockets.SocketOptions> sockets,
    IOptions<AuthOptions> auth)
{
    private const string Way = "longpoll";

    /// <summary>Handles a request to the endpoint.</summary>
    public async Task Handle(HttpContext context)
    {
        try
        {
            await HandleMethod(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client went. What it was about to get waits for its next poll.
        }
        catch (BadHttpRequestException broken) when (!context.Response.HasStarted)
        {
            // The client's fault: a body that breaks off, is not cut into chunks as HTTP wants it, or comes too slowly.
            context.Response.StatusCode = broken.StatusCode;
            context.Response.ContentLength = 0;
        }
    }

    private Task HandleMethod(HttpContext context)
    {
        var method = context.Request.Method;
        if (!HttpMethods.IsGet(method) && !HttpMethods.IsPost(method) && !HttpMethods.IsOptions(method))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            context.Response.ContentLength = 0;
            return Task.CompletedTask;
        }

        if (!PollPages.TryAllow(context, origins))
            return RefuseAsync(context);

        if (HttpMethods.IsOptions(method))
        {
            PollPages.Preflight(context);
            return Task.CompletedTask;
        }

        var request = PollRequest.Of(context.Request);
        return HttpMethods.IsGet(method) ? PollAsync(context, request) : PushAsync(context, request);
    }

    private async Task PollAsync(HttpContext context, PollRequest request)
    {
        var gone = LongPollMessages.Polled.Gone;
        if (request.Session is { } presented && tokens.Open(presented) is { } ticket)
        {
            if (!await IsSameUserAsync(context, request, ticket))
            {
                await RefuseAsync(context);
                return;
            }

            var answer = await router.PollAsync(ticket, context.RequestAborted);
            if (answer.Status != PollStatus.Gone)
            {
                await AnswerAsync(context, answer, tokens.Seal(ticket with { Received = answer.Through }));
                return;
            }

            gone = answer;
        }

        await OpenAsync(context, request, gone);
    }

    // As with Phoenix "gone" comes with the token of a new session, for clients that go on with it at once.
    private async Task OpenAsync(HttpContext context, PollRequest request, LongPollMessages.Polled gone)
    {
        var who = await admission.AdmitAsync(context, request.Access, Way);
        if (who.IsGranted && await router.OpenAsync(who, context.RequestAborted) is { } session)
        {
            // Admitted, so there is exactly one.
            var access = PickAccess(context, request).Token!;
            var ticket = new PollTicket(router.Node, session, who.Token.UserId, PollTokens.CredentialOf(access), 0);
            await AnswerAsync(context, gone, tokens.Seal(ticket));
        }
        else if (request.Session is not null)
        {
            await AnswerAsync(context, gone, token: null);
        }
        else if (who.Status == StatusCodes.Status403Forbidden)
        {
            QuikAppMetrics.LongPollAnswered(PollMethod, (int)PollStatus.Forbidden);
            await PollAnswer.WriteAsync(context, PollStatus.Forbidden);
        }
        else
        {
            // Nothing that a body could say: stock clients take an empty one for a server that is not there, and come back.
            (who.IsGranted ? Admission.Refuse(StatusCodes.Status503ServiceUnavailable, TimeSpan.FromSeconds(1)) : who).Answer(context);
        }
    }

    private static Task AnswerAsync(HttpContext context, LongPollMessages.Polled answer, string? token)
    {
        QuikAppMetrics.LongPollAnswered(PollMethod, (int)answer.Status);
        return PollAnswer.WriteAsync(context, answer, token);
    }

    private static Task RefuseAsync(HttpContext context)
    {
        QuikAppMetrics.Refused("handshake");
        return PollAnswer.WriteAsync(context, PollStatus.Forbidden);
    }

    /// <summary>
    /// Whether the request names nobody else: without an access token, or with the one that opened the session, it does not; any
    /// other must be good and of the same user.
    /// </summary>
    private async ValueTask<bool> IsSameUserAsync(HttpContext context, PollRequest request, PollTicket ticket)
    {
        var picked = PickAccess(context, request);
        if (picked.Token is not { } access)
            return picked.Cause is TokenRefusal.Missing or TokenRefusal.QueryNotAllowed;
        if (PollTokens.CredentialOf(access) == ticket.Credential)
            return true;
        var other = await validator.ValidateAsync(access);
        return other.IsAccepted && other.Token.UserId == ticket.User;
    }

    private HandshakeToken PickAccess(HttpContext context, PollRequest request) => HandshakeToken.Pick(
        request.Access.Header,
        context.Request.Headers[HeaderNames.Authorization],
        request.Access.Query,
        auth.Value.AllowQueryToken);
}
