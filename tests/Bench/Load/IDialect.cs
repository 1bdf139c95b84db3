namespace QuikApp.Bench.Load;

/// <summary>What a peer wants to hear and how its frames read: all that the load client must know of a peer.</summary>
internal interface IDialect
{
    /// <summary>Path and query of the upgrade request for one socket.</summary>
    string UpgradePath(int socketIndex, string channel);

    /// <summary>What must be said and heard, in order, until the socket is a member of the channel.</summary>
    /// <param name="channel">The channel to be joined.</param>
    /// <param name="since">The position after which a durable peer replays; null for live messages only.</param>
    IReadOnlyList<JoinStep> JoinSteps(string channel, long? since = null);

    /// <summary>Hands on each protocol message that a WebSocket message holds.</summary>
    void Split(LoadSocket socket, ReadOnlySpan<byte> webSocketMessage, IMessageSink sink);

    /// <summary>Writes the frame that sends a text to the channel.</summary>
    /// <param name="destination">Receives the frame.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="number">The message's number in its channel, from 0.</param>
    /// <param name="text">The text, which needs no escaping.</param>
    /// <returns>How many bytes were written.</returns>
    int WriteSend(Span<byte> destination, string channel, int number, ReadOnlySpan<byte> text);

    /// <summary>What a message without a stamp means.</summary>
    MessageKind Classify(ReadOnlySpan<byte> message);

    /// <summary>Path of a page that tells the size of the managed heap, or null when the peer has none.</summary>
    string? HeapPath { get; }

    /// <summary>Reads the size of the managed heap in bytes; null when the page does not say.</summary>
    long? ReadHeap(string page);
}
