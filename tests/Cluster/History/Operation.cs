namespace QuikApp.Cluster.History;

/// <summary>What a line of a history says.</summary>
internal enum Operation
{
    /// <summary>A push begins. The same <c>cid</c> again is a repetition.</summary>
    Send,

    /// <summary>It was answered <c>ok</c>.</summary>
    Ack,

    /// <summary>It was refused for good: it must have had no effect.</summary>
    Nack,

    /// <summary>It is not known what became of it: no answer in time, <c>unavailable</c>, or the connection went. Never "failed".</summary>
    Info,

    /// <summary>A numbered event came on a joined topic.</summary>
    Recv,

    /// <summary>A history page: one line an item with the page's <c>sub</c>, then one with the code <c>head</c>.</summary>
    Read,

    /// <summary>A join was answered; <c>head</c> is the last number, <c>code</c> the reason when it was refused.</summary>
    Join,

    /// <summary>A join with <c>since</c> was answered (<c>seq</c> is since), or with the code <c>done</c> its replay is complete.</summary>
    Resume,

    /// <summary>The server said that numbers were left out: from <c>seq</c> to <c>head</c>.</summary>
    Gap,

    /// <summary>Somebody was seen online or going.</summary>
    Presence,

    /// <summary>A step of a call; <c>cid</c> is the call, <c>code</c> the step.</summary>
    Call,

    /// <summary>A subscription or, without a room, the socket ended.</summary>
    Close,
}
