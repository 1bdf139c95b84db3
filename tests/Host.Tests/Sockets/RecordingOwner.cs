using QuikApp.Host.Sockets;

namespace QuikApp.Host.Tests.Sockets;

/// <summary>Counts what an outbox tells.</summary>
internal sealed class RecordingOwner : IOutboxOwner
{
    public int Overflows { get; private set; }

    public int ClosesSent { get; private set; }

    public Exception? Failure { get; private set; }

    public void OnOverflow() => Overflows++;

    public void OnCloseSent() => ClosesSent++;

    public void OnWriteFailed(Exception error) => Failure = error;
}
