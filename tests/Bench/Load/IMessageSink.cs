namespace QuikApp.Bench.Load;

/// <summary>Takes what the sockets of a crowd receive, on the crowd's one thread.</summary>
internal interface IMessageSink
{
    /// <summary>One complete message of the peer's protocol; the bytes are valid during the call only.</summary>
    void OnMessage(LoadSocket socket, ReadOnlySpan<byte> message);

    /// <summary>The server ended the connection, or broke its rules.</summary>
    void OnClosed(LoadSocket socket, string reason);
}
