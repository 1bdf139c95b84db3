using System.Buffers;
using System.Net.Http.Headers;
using QuikApp.Actors.LongPoll;
using QuikApp.Actors.Telemetry;
using QuikApp.Protocol.Phoenix;

namespace QuikApp.Host.LongPoll;

/// <content>A POST: its body is taken whole, or refused whole with its reason.</content>
internal sealed partial class LongPollEndpoint
{
    private const string PollMethod = "get";
    private const string PushMethod = "post";

    private async Task PushAsync(HttpContext context, PollRequest request)
    {
        if (request.Session is not { } presented || tokens.Open(presented) is not { } ticket)
        {
            await AnswerAsync(context, PollStatus.Gone);
            return;
        }

        if (!await IsSameUserAsync(context, request, ticket))
        {
            await RefuseAsync(context);
            return;
        }

        if (await ReadBodyAsync(context.Request, options.Value.MaxBodyBytes, context.RequestAborted) is not { } body)
        {
            await AnswerAsync(context, PollStatus.TooLarge, "the body is too long");
            return;
        }

        var limits = options.Value;
        var fault = PollBody.Read(body, IsLines(context.Request), limits.MaxLines, sockets.Value.MaxMessageBytes, out var frames, out var line);
        if (fault != PollBodyFault.None)
        {
            await AnswerAsync(context, StatusOf(fault), ReasonOf(fault), ("line", line));
            return;
        }

        var answer = await router.PushAsync(ticket, frames, context.RequestAborted);
        await AnswerAsync(context, answer.Status, ReasonOf(answer.Status), ("message", answer.Message));
    }

    private static Task AnswerAsync(HttpContext context, PollStatus status, string? reason = null, (string Name, int Number) where = default)
    {
        QuikAppMetrics.LongPollAnswered(PushMethod, (int)status);
        return PollAnswer.WriteAsync(context, status, reason, where);
    }

    // A parameter such as charset changes nothing: JSON is UTF-8.
    private static bool IsLines(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && string.Equals(type.MediaType, PollBody.LinesMediaType, StringComparison.OrdinalIgnoreCase);

    private static async Task<byte[]?> ReadBodyAsync(HttpRequest request, int maxBytes, CancellationToken cancellation)
    {
        if (request.ContentLength > maxBytes)
            return null;

        var read = await request.BodyReader.ReadAtLeastAsync(maxBytes + 1, cancellation);
        var body = read.Buffer.Length > maxBytes ? null : read.Buffer.ToArray();
        request.BodyReader.AdvanceTo(read.Buffer.End);
        return body;
    }

    private static PollStatus StatusOf(PollBodyFault fault) =>
        fault is PollBodyFault.TooManyLines or PollBodyFault.MessageTooLong ? PollStatus.TooLarge : PollStatus.Malformed;

    private static string ReasonOf(PollBodyFault fault) => fault switch
    {
        PollBodyFault.Empty => "the body is empty",
        PollBodyFault.TooManyLines => "too many lines",
        PollBodyFault.MessageTooLong => "the message is too long",
        PollBodyFault.NeitherJsonNorBase64 => "neither JSON nor base64",
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };

    private static string? ReasonOf(PollStatus status) => status switch
    {
        PollStatus.Malformed => "malformed frame",
        PollStatus.TooMany => "too many messages wait",
        _ => null,
    };
}
