using QuikApp.Protocol.WebSockets;

namespace QuikApp.Host.Sessions;

/// <summary>
/// The socket as its session and the node see it, a WebSocket or a long poll: where frames go, and how it ends. Safe to call
/// from any thread.
/// </summary>
internal interface ISessionSocket
{
    /// <summary>Queues a frame; a socket whose reader is too far behind is cut, and the frame is dropped with it.</summary>
    void Send(WireFrame frame);

    /// <summary>Completes when little enough is queued to go on writing.</summary>
    Task Room(CancellationToken cancellation);

    /// <summary>Sends what is queued, then closes.</summary>
    void Close(int code, string reason);

    /// <summary>Completes when the socket has ended, with all that it had to say said or given up; never faults.</summary>
    Task Ended { get; }
}
