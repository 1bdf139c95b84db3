namespace QuikApp.Bench.Load;

/// <summary>All that a load client is told; it travels as one line of JSON on the client's standard input.</summary>
internal sealed record LoadPlan
{
    /// <summary>The peer's name, which chooses the dialect.</summary>
    public required string Peer { get; init; }

    /// <summary>Where the peer listens.</summary>
    public required Uri Url { get; init; }

    /// <summary>The process whose CPU and memory are read.</summary>
    public required int ServerProcessId { get; init; }

    /// <summary>With what a durable peer's tokens are signed (base64), or null.</summary>
    public string? SigningKey { get; init; }

    /// <summary>What to do.</summary>
    public required LoadMode Mode { get; init; }

    /// <summary>The names of the channels.</summary>
    public required IReadOnlyList<string> Channels { get; init; }

    /// <summary>How many sockets join each channel. Socket <c>i</c> joins channel <c>i / MembersPerChannel</c>.</summary>
    public required int MembersPerChannel { get; init; }

    /// <summary>Messages a second over all channels; null is a closed loop: a channel's next message follows when all members have the last.</summary>
    public int? MessagesPerSecond { get; init; }

    /// <summary>The size of a message's text, in bytes.</summary>
    public required int TextBytes { get; init; }

    /// <summary>How long the load runs before anything is measured, in seconds.</summary>
    public required int WarmupSeconds { get; init; }

    /// <summary>How long is measured, in seconds.</summary>
    public required int MeasureSeconds { get; init; }

    /// <summary>Sends without an answer that a journal run keeps up, over all channels.</summary>
    public int Outstanding { get; init; }

    /// <summary>How many messages a resuming client has missed.</summary>
    public int Backlog { get; init; }
}
