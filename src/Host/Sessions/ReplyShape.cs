namespace QuikApp.Host.Sessions;

/// <summary>What the reply to a push says when it is granted.</summary>
internal enum ReplyShape
{
    /// <summary><c>{seq}</c>.</summary>
    Seq,

    /// <summary><c>{id, seq, createdAt}</c>.</summary>
    Sent,

    /// <summary>As <see cref="Sent"/>, into a thread that the push named: one that cannot be written to is not found.</summary>
    SentToThread,

    /// <summary><c>{threadId, seq}</c>.</summary>
    Thread,

    /// <summary><c>{callId, seq}</c>.</summary>
    Call,

    /// <summary><c>{seq, unread, mentions}</c>.</summary>
    Read,

    /// <summary><c>{}</c>.</summary>
    Empty,
}
