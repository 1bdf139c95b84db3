using System.Diagnostics.CodeAnalysis;
using QuikApp.Actors.Telemetry;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Host.Sockets;

/// <summary>
/// One WebSocket on its stream: reads messages on demand, answers pings, runs the closing handshake, and ends exactly once.
/// </summary>
/// <remarks>
/// <see cref="ReadAsync"/> is for one reader. Everything else may be called from any thread. No timer belongs to a
/// connection: <see cref="ConnectionSweeper"/> reads its timestamps.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "It cleans up after itself when it ends; the source has no timer and no wait handle.")]
internal sealed partial class SocketConnection : IOutboxOwner
{
    private readonly Stream _stream;
    private readonly Action _abort;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<SocketEnd> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private long _closingSince;
    private int _closeCode;
    private bool _peerClosed;
    private bool _closedByPeer;
    private bool _faulted;
    private SocketEnd? _end;

    /// <summary>Creates the connection; nothing is read before the first <see cref="ReadAsync"/>.</summary>
    /// <param name="stream">The upgraded stream, both ways.</param>
    /// <param name="abort">Resets the transport; ends a read or write that is in flight.</param>
    /// <param name="options">The limits.</param>
    /// <param name="time">The clock of the timestamps.</param>
    public SocketConnection(Stream stream, Action abort, SocketOptions options, TimeProvider time)
    {
        _stream = stream;
        _abort = abort;
        _time = time;
        _reader = new MessageReader(options.MaxMessageBytes, options.MaxFragments);
        _lastReceived = time.GetTimestamp();
        Outbox = new Outbox(stream, this, options, time);
    }

    /// <summary>Where frames for this client go.</summary>
    public Outbox Outbox { get; }

    /// <summary>Done when the socket has ended and nothing reads from the stream any more; never faults.</summary>
    public Task<SocketEnd> Completion => _completion.Task;

    /// <summary>The timestamp at which either side began to close; 0 while the socket is open.</summary>
    public long ClosingSince => Volatile.Read(ref _closingSince);

    /// <summary>Whether the socket is closing because the client broke the framing, and the close frame is sent.</summary>
    public bool IsLingering => Volatile.Read(ref _faulted) && Outbox.CloseSent;

    /// <summary>Sends what is queued, then the close frame, and waits for the client's. Messages that still come are dropped.</summary>
    /// <param name="code">A code of <see cref="CloseCode"/>. Only the first close of a connection counts.</param>
    /// <param name="reason">At most 123 bytes of UTF-8.</param>
    public void Close(int code, string reason = "") => BeginClose(code, reason, dropWaiting: false);

    /// <summary>As <see cref="Close"/>, but drops what is queued: for a reader that would not take it in time.</summary>
    public void Cut(int code, string reason = "") => BeginClose(code, reason, dropWaiting: true);

    /// <summary>Resets the connection at once.</summary>
    /// <param name="code">What <see cref="SocketEnd.Code"/> will say.</param>
    public void Abort(int code) => End(new SocketEnd(SocketEndKind.Aborted, code), reset: true);

    /// <summary>Ends a closing that went on for too long: gently when only a lingering client is left, else by a reset.</summary>
    public void GiveUpClosing()
    {
        if (IsLingering)
            End(new SocketEnd(SocketEndKind.ServerClosed, _closeCode));
        else
            Abort(_closeCode);
    }

    /// <inheritdoc/>
    void IOutboxOwner.OnOverflow()
    {
        QuikAppMetrics.SlowReaderCut();
        Cut(CloseCode.SlowConsumer, "slow consumer");
    }

    /// <inheritdoc/>
    void IOutboxOwner.OnCloseSent() => EndIfBothClosed();

    /// <inheritdoc/>
    void IOutboxOwner.OnWriteFailed(Exception error) => EndLost(error);

    private void BeginClose(int code, string reason, bool dropWaiting)
    {
        if (!TryMarkClosing(code, byPeer: false))
            return;

        Outbox.Close(WireFrame.Close(code, reason), dropWaiting);
        Drain(messageIsDone: false);
    }

    private void OnPeerClose(int code)
    {
        Volatile.Write(ref _peerClosed, true);
        if (TryMarkClosing(code, byPeer: true))
            Outbox.Close(WireFrame.Close(code), dropWaiting: false);
        else
            EndIfBothClosed();
    }

    private void OnFault(int code, string reason)
    {
        Volatile.Write(ref _faulted, true);
        Close(code, reason);
    }

    private bool TryMarkClosing(int code, bool byPeer)
    {
        lock (_gate)
        {
            if (_closingSince != 0 || _end is not null)
                return false;

            _closeCode = code;
            _closedByPeer = byPeer;
            _discarding = true;
            Volatile.Write(ref _closingSince, _time.GetTimestamp());
            return true;
        }
    }

    private void EndIfBothClosed()
    {
        if (Volatile.Read(ref _peerClosed) && Outbox.CloseSent)
            End(new SocketEnd(_closedByPeer ? SocketEndKind.PeerClosed : SocketEndKind.ServerClosed, _closeCode));
    }

    /// <summary>The stream ended or broke. After a close that is an ending as good as a close frame.</summary>
    private void EndLost(Exception? error)
    {
        SocketEnd end;
        lock (_gate)
        {
            end = _closingSince == 0
                ? new SocketEnd(SocketEndKind.Lost, CloseCode.Abnormal, error)
                : new SocketEnd(_closedByPeer ? SocketEndKind.PeerClosed : SocketEndKind.ServerClosed, _closeCode, error);
        }

        End(end);
    }

    private void End(SocketEnd end, bool reset = false)
    {
        bool nothingReads;
        lock (_gate)
        {
            if (_end is not null)
                return;

            _end = end;
            nothingReads = _state != ReadState.Reading;
        }

        var writeInFlight = Outbox.Stop();
        if (reset || writeInFlight)
            _abort();
        _stop.Cancel();
        if (nothingReads)
            _completion.TrySetResult(end);
    }
}
