using System.Buffers;
using System.Globalization;
using System.Text.Json;
using QuikApp.Actors.Telemetry;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Host.Api.Problems;

/// <summary>
/// An error of the HTTP API as RFC 9457 has it: <c>{type, title, status, reason, field?, detail?, retry_after_ms?}</c>.
/// Every text is one of ours; nothing of the request is repeated.
/// </summary>
internal sealed record Problem : IResult
{
    /// <summary>The media type.</summary>
    public const string MediaType = "application/problem+json";

    private const string TypePrefix = "urn:quikapp:problem:";
    private static readonly TimeSpan UnavailableFor = TimeSpan.FromSeconds(1);

    private Problem(ProblemReason reason) => Reason = reason;

    /// <summary>Why.</summary>
    public ProblemReason Reason { get; }

    /// <summary>The documented name of the member, parameter or header at fault; null where the request as a whole is.</summary>
    public string? Field { get; private init; }

    /// <summary>What is wrong with it, in a short fixed text.</summary>
    public string? Detail { get; private init; }

    /// <summary>How long to wait.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>The status code.</summary>
    public int Status => StatusOf(Reason);

    /// <summary>A problem that needs no more words than its reason.</summary>
    public static Problem Of(ProblemReason reason) =>
        new(reason) { RetryAfter = reason == ProblemReason.Unavailable ? UnavailableFor : null };

    /// <summary>A body, parameter or header of the wrong shape.</summary>
    /// <param name="fault">What is wrong.</param>
    /// <param name="field">Its documented name; never text of the client's.</param>
    public static Problem Invalid(PayloadFault fault, string? field = null) => Of(Refusal.InvalidPayload(fault, field));

    /// <summary>Too many requests.</summary>
    public static Problem RateLimited(TimeSpan retryAfter) => new(ProblemReason.RateLimited) { RetryAfter = retryAfter };

    /// <summary>What a conversation or a payload parser refused. Not allowed and not there are one problem.</summary>
    public static Problem Of(Refusal refusal) => refusal.Reason switch
    {
        Protocol.Payloads.Reason.Unauthorized or Protocol.Payloads.Reason.NotFound => Of(ProblemReason.NotFound),
        Protocol.Payloads.Reason.Forbidden => Of(ProblemReason.Forbidden),
        Protocol.Payloads.Reason.InvalidPayload => new(ProblemReason.InvalidPayload) { Field = refusal.Field, Detail = refusal.Detail },
        Protocol.Payloads.Reason.PayloadTooLarge => new(ProblemReason.PayloadTooLarge) { Field = refusal.Field },
        Protocol.Payloads.Reason.RateLimited => RateLimited(TimeSpan.FromMilliseconds(refusal.RetryAfterMs ?? 1)),
        Protocol.Payloads.Reason.IdempotencyConflict => Of(ProblemReason.IdempotencyConflict),
        Protocol.Payloads.Reason.Archived => Of(ProblemReason.Archived),
        Protocol.Payloads.Reason.CallEnded => Of(ProblemReason.CallEnded),
        Protocol.Payloads.Reason.AnsweredElsewhere => Of(ProblemReason.AnsweredElsewhere),
        Protocol.Payloads.Reason.InvalidReaction => Of(ProblemReason.InvalidReaction),
        Protocol.Payloads.Reason.InvalidCursor => Of(ProblemReason.InvalidCursor),
        Protocol.Payloads.Reason.Unavailable => Of(ProblemReason.Unavailable),
        _ => Of(ProblemReason.Internal),
    };

    /// <summary>The problem of an answer that has a status code and no body; null where the code is none of ours.</summary>
    public static Problem? OfStatus(int status) => status switch
    {
        StatusCodes.Status400BadRequest => Invalid(PayloadFault.BadFormat),
        StatusCodes.Status404NotFound => Of(ProblemReason.NotFound),
        StatusCodes.Status405MethodNotAllowed => Of(ProblemReason.MethodNotAllowed),
        StatusCodes.Status408RequestTimeout => Of(ProblemReason.RequestTimeout),
        StatusCodes.Status413PayloadTooLarge => Of(ProblemReason.PayloadTooLarge),
        StatusCodes.Status415UnsupportedMediaType => Of(ProblemReason.UnsupportedMediaType),
        _ => null,
    };

    /// <summary>The word that clients read in <c>reason</c>, and the end of <c>type</c>. It never changes.</summary>
    public static string TextOf(ProblemReason reason) => reason switch
    {
        ProblemReason.Unauthorized => "unauthorized",
        ProblemReason.Forbidden => "forbidden",
        ProblemReason.NotFound => "not_found",
        ProblemReason.MethodNotAllowed => "method_not_allowed",
        ProblemReason.InvalidPayload => "invalid_payload",
        ProblemReason.InvalidCursor => "invalid_cursor",
        ProblemReason.InvalidReaction => "invalid_reaction",
        ProblemReason.IdempotencyConflict => "idempotency_conflict",
        ProblemReason.AlreadyExists => "already_exists",
        ProblemReason.Archived => "archived",
        ProblemReason.CallEnded => "call_ended",
        ProblemReason.AnsweredElsewhere => "answered_elsewhere",
        ProblemReason.PayloadTooLarge => "payload_too_large",
        ProblemReason.UnsupportedMediaType => "unsupported_media_type",
        ProblemReason.RequestTimeout => "request_timeout",
        ProblemReason.RateLimited => "rate_limited",
        ProblemReason.Internal => "internal",
        ProblemReason.Unavailable => "unavailable",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    /// <summary>The status code of a reason.</summary>
    public static int StatusOf(ProblemReason reason) => reason switch
    {
        ProblemReason.InvalidPayload or ProblemReason.InvalidCursor or ProblemReason.InvalidReaction => StatusCodes.Status400BadRequest,
        ProblemReason.Unauthorized => StatusCodes.Status401Unauthorized,
        ProblemReason.Forbidden => StatusCodes.Status403Forbidden,
        ProblemReason.NotFound => StatusCodes.Status404NotFound,
        ProblemReason.MethodNotAllowed => StatusCodes.Status405MethodNotAllowed,
        ProblemReason.RequestTimeout => StatusCodes.Status408RequestTimeout,
        ProblemReason.IdempotencyConflict or ProblemReason.AlreadyExists or ProblemReason.Archived
            or ProblemReason.CallEnded or ProblemReason.AnsweredElsewhere => StatusCodes.Status409Conflict,
        ProblemReason.PayloadTooLarge => StatusCodes.Status413PayloadTooLarge,
        ProblemReason.UnsupportedMediaType => StatusCodes.Status415UnsupportedMediaType,
        ProblemReason.RateLimited => StatusCodes.Status429TooManyRequests,
        ProblemReason.Internal => StatusCodes.Status500InternalServerError,
        ProblemReason.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    /// <summary>The reason in a few words for people.</summary>
    public static string TitleOf(ProblemReason reason) => reason switch
    {
        ProblemReason.Unauthorized => "The token is missing or does not count",
        ProblemReason.Forbidden => "The caller may not do this",
        ProblemReason.NotFound => "Nothing there, or nothing that the caller may see",
        ProblemReason.MethodNotAllowed => "The path has no such method",
        ProblemReason.InvalidPayload => "The request is not of the documented shape",
        ProblemReason.InvalidCursor => "The cursor was not given to this user for this list",
        ProblemReason.InvalidReaction => "Neither one emoji nor a shortcode name, or one kind too many",
        ProblemReason.IdempotencyConflict => "The idempotency key was used with another request",
        ProblemReason.AlreadyExists => "Something else has this id",
        ProblemReason.Archived => "The channel or workspace is archived",
        ProblemReason.CallEnded => "The call is over",
        ProblemReason.AnsweredElsewhere => "The call was answered on another device",
        ProblemReason.PayloadTooLarge => "Longer than the limit",
        ProblemReason.UnsupportedMediaType => "The body must be application/json in UTF-8",
        ProblemReason.RequestTimeout => "The body did not come in time",
        ProblemReason.RateLimited => "Too many requests",
        ProblemReason.Internal => "The server failed",
        ProblemReason.Unavailable => "Try again with the same idempotency key",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    /// <summary>The <c>type</c> of a reason.</summary>
    public static string TypeOf(ProblemReason reason) => TypePrefix + TextOf(reason);

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext.Response);

    /// <summary>Answers with this problem.</summary>
    public Task WriteAsync(HttpResponse response)
    {
        QuikAppMetrics.RequestRefused(TextOf(Reason));
        var body = Body();
        response.StatusCode = Status;
        response.ContentType = MediaType;
        response.ContentLength = body.WrittenCount;
        response.Headers.CacheControl = "no-store";
        if (RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return response.Body.WriteAsync(body.WrittenMemory, response.HttpContext.RequestAborted).AsTask();
    }

    private ArrayBufferWriter<byte> Body()
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("type"u8, TypeOf(Reason));
        json.WriteString("title"u8, TitleOf(Reason));
        json.WriteNumber("status"u8, Status);
        json.WriteString("reason"u8, TextOf(Reason));
        if (Field is not null)
            json.WriteString("field"u8, Field);
        if (Detail is not null)
            json.WriteString("detail"u8, Detail);
        if (Reason == ProblemReason.RateLimited && RetryAfter is { } wait)
            json.WriteNumber("retry_after_ms"u8, Math.Max(1, (long)Math.Ceiling(wait.TotalMilliseconds)));
        json.WriteEndObject();
        json.Flush();
        return buffer;
    }
}
