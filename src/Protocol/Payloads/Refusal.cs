using System.Text.Json;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Protocol.Payloads;

/// <summary>
/// The response of an <c>error</c> reply: <c>{"reason":"…"}</c>, for some reasons with more. Nothing in it comes from the
/// client's input, so it can be logged and shown as it is.
/// </summary>
public sealed record Refusal
{
    private Refusal(Reason reason) => Reason = reason;

    /// <summary><see cref="Reason.Unauthorized"/>.</summary>
    public static Refusal Unauthorized { get; } = new(Reason.Unauthorized);

    /// <summary><see cref="Reason.InvalidEvent"/>.</summary>
    public static Refusal InvalidEvent { get; } = new(Reason.InvalidEvent);

    /// <summary><see cref="Reason.NotFound"/>.</summary>
    public static Refusal NotFound { get; } = new(Reason.NotFound);

    /// <summary><see cref="Reason.Forbidden"/>.</summary>
    public static Refusal Forbidden { get; } = new(Reason.Forbidden);

    /// <summary><see cref="Reason.IdempotencyConflict"/>.</summary>
    public static Refusal IdempotencyConflict { get; } = new(Reason.IdempotencyConflict);

    /// <summary><see cref="Reason.Unavailable"/>.</summary>
    public static Refusal Unavailable { get; } = new(Reason.Unavailable);

    /// <summary><see cref="Reason.InvalidReaction"/>.</summary>
    public static Refusal InvalidReaction { get; } = new(Reason.InvalidReaction);

    /// <summary><see cref="Reason.InvalidCursor"/>.</summary>
    public static Refusal InvalidCursor { get; } = new(Reason.InvalidCursor);

    /// <summary><see cref="Reason.Archived"/>.</summary>
    public static Refusal Archived { get; } = new(Reason.Archived);

    /// <summary><see cref="Reason.CallEnded"/>.</summary>
    public static Refusal CallEnded { get; } = new(Reason.CallEnded);

    /// <summary><see cref="Reason.AnsweredElsewhere"/>.</summary>
    public static Refusal AnsweredElsewhere { get; } = new(Reason.AnsweredElsewhere);

    /// <summary><see cref="Reason.Internal"/>.</summary>
    public static Refusal Internal { get; } = new(Reason.Internal);

    /// <summary><see cref="Reason.UnmatchedTopic"/>.</summary>
    public static Refusal UnmatchedTopic { get; } = new(Reason.UnmatchedTopic);

    /// <summary><see cref="Reason.TooManyChannelsJoined"/>.</summary>
    public static Refusal TooManyChannelsJoined { get; } = new(Reason.TooManyChannelsJoined);

    /// <summary>What <see cref="Write"/> writes, as a schema.</summary>
    public static JsonShape Shape { get; } = JsonShape.ObjectOf(
        ("reason", JsonShapes.OneOf(Reasons.All.Select(Reasons.Text))),
        ("field?", JsonShapes.AnyText.About("Documented name of the member at fault.")),
        ("detail?", JsonShapes.OneOf(Enum.GetValues<PayloadFault>().Select(fault => InvalidPayload(fault).Detail!)).About("What is wrong with it, for people.")),
        ("retry_after_ms?", JsonShapes.WholeNumber(1, PayloadLimits.MaxInteger).About("With rate_limited: milliseconds to wait.")));

    /// <summary>Why.</summary>
    public Reason Reason { get; }

    /// <summary>
    /// The documented name of the member at fault, <c>attachments[2].size</c> inside a list; null where the payload as a
    /// whole is.
    /// </summary>
    public string? Field { get; private init; }

    /// <summary>What is wrong, for <see cref="Reason.InvalidPayload"/>.</summary>
    public PayloadFault? Fault { get; private init; }

    /// <summary>Milliseconds to wait, for <see cref="Reason.RateLimited"/>; at least 1.</summary>
    public long? RetryAfterMs { get; private init; }

    /// <summary><see cref="Fault"/> as a short fixed text for people.</summary>
    public string? Detail => Fault switch
    {
        null => null,
        PayloadFault.NotJson => "not JSON, or nested too deep",
        PayloadFault.NotAnObject => "not an object",
        PayloadFault.UnknownMember => "unknown member",
        PayloadFault.DuplicateMember => "duplicate member",
        PayloadFault.Missing => "missing",
        PayloadFault.WrongType => "wrong type",
        PayloadFault.OutOfRange => "out of range",
        PayloadFault.BadFormat => "not of the documented format",
        PayloadFault.BadText => "not valid Unicode text",
        PayloadFault.TooMany => "too many items",
        PayloadFault.Empty => "empty",
        PayloadFault.Exclusive => "excludes another member",
        _ => throw new InvalidOperationException("a fault without a text"),
    };

    /// <summary>A payload of the wrong shape.</summary>
    /// <param name="fault">What is wrong.</param>
    /// <param name="field">The member's documented name; never text of the client's.</param>
    public static Refusal InvalidPayload(PayloadFault fault, string? field = null) =>
        new(Reason.InvalidPayload) { Fault = fault, Field = field };

    /// <summary>A payload, or the member named, over its limit.</summary>
    public static Refusal PayloadTooLarge(string? field = null) => new(Reason.PayloadTooLarge) { Field = field };

    /// <summary>Too many events.</summary>
    /// <param name="retryAfter">Rounded up to whole milliseconds, at least one.</param>
    public static Refusal RateLimited(TimeSpan retryAfter) =>
        new(Reason.RateLimited) { RetryAfterMs = Math.Max(1, (long)Math.Ceiling(retryAfter.TotalMilliseconds)) };

    /// <summary>A refusal that another node said, from its parts.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="fault">See <see cref="Fault"/>.</param>
    /// <param name="field">See <see cref="Field"/>; never text of the client's.</param>
    /// <param name="retryAfterMs">See <see cref="RetryAfterMs"/>.</param>
    public static Refusal Of(Reason reason, PayloadFault? fault, string? field, long? retryAfterMs) =>
        new(reason) { Fault = fault, Field = field, RetryAfterMs = retryAfterMs };

    /// <summary>Writes the response object.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteString("reason"u8, Reasons.Text(Reason));
        if (Field is not null)
            writer.WriteString("field"u8, Field);
        if (Detail is { } detail)
            writer.WriteString("detail"u8, detail);
        if (RetryAfterMs is { } milliseconds)
            writer.WriteNumber("retry_after_ms"u8, milliseconds);
        writer.WriteEndObject();
    }
}
