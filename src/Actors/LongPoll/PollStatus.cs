namespace QuikApp.Actors.LongPoll;

/// <summary>What a long poll's answer says in its <c>status</c>; the numbers are HTTP's.</summary>
internal enum PollStatus
{
    /// <summary>Messages, or a POST that was taken.</summary>
    Ok = 200,

    /// <summary>No message came within the window.</summary>
    Nothing = 204,

    /// <summary>A POST whose body is none.</summary>
    Malformed = 400,

    /// <summary>Refused, whatever the cause.</summary>
    Forbidden = 403,

    /// <summary>There is no such session, or not any more.</summary>
    Gone = 410,

    /// <summary>A POST with more in it than one may hold.</summary>
    TooLarge = 413,

    /// <summary>A POST that came while too much of those before it still waits.</summary>
    TooMany = 429,
}
