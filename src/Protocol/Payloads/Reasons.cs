using System.Collections.Immutable;

namespace QuikApp.Protocol.Payloads;

/// <summary>The words that clients read in <c>response.reason</c>. They are part of the published API and never change.</summary>
public static class Reasons
{
    /// <summary>Every reason, in the order of the documentation.</summary>
    public static ImmutableArray<Reason> All { get; } = [.. Enum.GetValues<Reason>()];

    /// <summary>The word on the wire.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="reason"/> is not of the list.</exception>
    public static string Text(Reason reason) => reason switch
    {
        Reason.Unauthorized => "unauthorized",
        Reason.InvalidPayload => "invalid_payload",
        Reason.InvalidEvent => "invalid_event",
        Reason.NotFound => "not_found",
        Reason.Forbidden => "forbidden",
        Reason.PayloadTooLarge => "payload_too_large",
        Reason.RateLimited => "rate_limited",
        Reason.IdempotencyConflict => "idempotency_conflict",
        Reason.Unavailable => "unavailable",
        Reason.InvalidReaction => "invalid_reaction",
        Reason.InvalidCursor => "invalid_cursor",
        Reason.Archived => "archived",
        Reason.CallEnded => "call_ended",
        Reason.AnsweredElsewhere => "answered_elsewhere",
        Reason.Internal => "internal",
        Reason.UnmatchedTopic => "unmatched topic",
        Reason.TooManyChannelsJoined => "too many channels joined",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}
