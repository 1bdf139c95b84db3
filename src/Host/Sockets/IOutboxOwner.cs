namespace QuikApp.Host.Sockets;

/// <summary>What an <see cref="Outbox"/> tells its connection. Called outside of its lock, on the thread that found it out.</summary>
internal interface IOutboxOwner
{
    /// <summary>A frame found no room: the reader is too far behind. The frame was not queued.</summary>
    void OnOverflow();

    /// <summary>The close frame, and all before it, is with the transport.</summary>
    void OnCloseSent();

    /// <summary>The transport refused a write; nothing more can be sent.</summary>
    void OnWriteFailed(Exception error);
}
