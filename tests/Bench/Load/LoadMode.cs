namespace QuikApp.Bench.Load;

/// <summary>What a load client does once its sockets have joined.</summary>
internal enum LoadMode
{
    /// <summary>Messages flow to all members; deliveries are counted.</summary>
    Deliveries,

    /// <summary>Nothing flows; the server's memory is read.</summary>
    Idle,

    /// <summary>Sends are pipelined and acknowledgements counted.</summary>
    Journal,

    /// <summary>A backlog is written, then a client joins from position 0.</summary>
    Resume,
}
