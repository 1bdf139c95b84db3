namespace QuikApp.Protocol.Payloads;

/// <summary>Why the server refuses a push or a join: the closed list. <see cref="Reasons.Text"/> gives the word on the wire.</summary>
public enum Reason
{
    /// <summary>Not allowed, not a member, or nothing there: one answer, so that nobody can probe for what exists.</summary>
    Unauthorized,

    /// <summary>The payload is not of the event's documented shape.</summary>
    InvalidPayload,

    /// <summary>No such event, or one that only the server sends.</summary>
    InvalidEvent,

    /// <summary>The message named is not in this conversation, or is deleted.</summary>
    NotFound,

    /// <summary>The caller sees the thing and may not do this to it.</summary>
    Forbidden,

    /// <summary>Right in shape, longer than the limit.</summary>
    PayloadTooLarge,

    /// <summary>Too many events; <see cref="Refusal.RetryAfterMs"/> says when to come back. Nothing was stored.</summary>
    RateLimited,

    /// <summary>The idempotency key was used before with another body.</summary>
    IdempotencyConflict,

    /// <summary>Nothing was stored, the same push may be tried again.</summary>
    Unavailable,

    /// <summary>Neither one emoji nor a shortcode name.</summary>
    InvalidReaction,

    /// <summary>A number of <c>since</c>, <c>before</c>, <c>after</c> or <c>read</c> that the conversation has not reached.</summary>
    InvalidCursor,

    /// <summary>The channel or workspace is archived: it can be read and not changed.</summary>
    Archived,

    /// <summary>The call is over.</summary>
    CallEnded,

    /// <summary>Another device of the user has taken the call.</summary>
    AnsweredElsewhere,

    /// <summary>The server failed in handling this push; the connection goes on.</summary>
    Internal,

    /// <summary>No topic of the API begins like that, or it is not joined. Phoenix's own words.</summary>
    UnmatchedTopic,

    /// <summary>The connection has joined as many topics as it may. Phoenix's own words.</summary>
    TooManyChannelsJoined,
}
