namespace QuikApp.Host.Api.Problems;

/// <summary>Why the HTTP API refuses a request: the closed list. <see cref="Problem.TextOf"/> gives the word that clients read.</summary>
internal enum ProblemReason
{
    /// <summary>No token, or one that does not count: one answer for every cause.</summary>
    Unauthorized,

    /// <summary>The caller's role, or not being the author, forbids it; what it concerns may be seen.</summary>
    Forbidden,

    /// <summary>Nothing there, or not for the caller, or another workspace's: one answer, so that nobody can probe for what exists.</summary>
    NotFound,

    /// <summary>The path has no such method.</summary>
    MethodNotAllowed,

    /// <summary>Body, query or header are not of the documented shape.</summary>
    InvalidPayload,

    /// <summary>A cursor that this server did not give to this user for this list.</summary>
    InvalidCursor,

    /// <summary>Neither one emoji nor a shortcode name, or one kind of reaction too many.</summary>
    InvalidReaction,

    /// <summary>The idempotency key was used before with another request.</summary>
    IdempotencyConflict,

    /// <summary>Something else has the id that was asked for.</summary>
    AlreadyExists,

    /// <summary>The channel or workspace is archived: it can be read, and brought back.</summary>
    Archived,

    /// <summary>The call is over.</summary>
    CallEnded,

    /// <summary>The call was answered on another of the user's devices.</summary>
    AnsweredElsewhere,

    /// <summary>Right in shape, longer than the limit.</summary>
    PayloadTooLarge,

    /// <summary>A body that is not <c>application/json</c> in UTF-8.</summary>
    UnsupportedMediaType,

    /// <summary>The body did not come in time.</summary>
    RequestTimeout,

    /// <summary>Too many requests; <c>Retry-After</c> says when to come back. Nothing was stored.</summary>
    RateLimited,

    /// <summary>The server failed in handling this request.</summary>
    Internal,

    /// <summary>Not answered in time, or the server is starting or leaving; the same request with the same key may be tried again.</summary>
    Unavailable,
}
