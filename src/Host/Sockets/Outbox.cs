using QuikApp.Protocol.WebSockets;

namespace QuikApp.Host.Sockets;

/// <summary>
/// The bounded queue of frames in front of one stream; any number of threads may write to it, and frames leave in the order
/// in which they were taken.
/// </summary>
/// <remarks>
/// The thread that brings a frame writes it when no write is in flight: Kestrel takes it into its own buffer without waiting,
/// so there is no hop to another thread. Only when Kestrel pushes back (64 KiB not yet sent) do frames wait here; they leave
/// together when the write is through. An empty outbox holds no array.
/// </remarks>
internal sealed partial class Outbox
{
    private readonly Stream _stream;
    private readonly IOutboxOwner _owner;
    private readonly SocketOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();

    private FrameQueue _waiting;
    private int _waitingBytes;
    private int _writingBytes;
    private long _writingSince;
    private bool _writing;
    private bool _closing;
    private bool _closeSent;
    private bool _stopped;
    private TaskCompletionSource? _room;

    public Outbox(Stream stream, IOutboxOwner owner, SocketOptions options, TimeProvider time)
    {
        _stream = stream;
        _owner = owner;
        _options = options;
        _time = time;
    }

    /// <summary>The bytes that the transport has not taken yet, those of the write in flight included.</summary>
    public int QueuedBytes
    {
        get
        {
            lock (_gate)
                return QueuedBytes_NeedsLock;
        }
    }

    /// <summary>The timestamp at which the write in flight began; 0 when there is none.</summary>
    public long WritePendingSince => Volatile.Read(ref _writingSince);

    /// <summary>Whether the close frame is with the transport.</summary>
    public bool CloseSent => Volatile.Read(ref _closeSent);

    /// <summary>Whether pooled memory is held for waiting frames.</summary>
    internal bool HoldsArray
    {
        get
        {
            lock (_gate)
                return _waiting.HoldsArray;
        }
    }

    private int QueuedBytes_NeedsLock => _waitingBytes + _writingBytes;

    /// <summary>Sends a frame, or queues it behind the write in flight.</summary>
    /// <returns>
    /// False when the frame will not be sent: the socket is closing or gone, or this very frame overflowed the queue, and the
    /// socket is now being cut with 4410.
    /// </returns>
    public bool TryEnqueue(WireFrame frame)
    {
        bool overflow;
        lock (_gate)
        {
            if (_closing || _stopped)
                return false;

            var length = frame.Bytes.Length;
            overflow = _writing && length > _options.MaxQueuedBytes - QueuedBytes_NeedsLock;
            if (_writing && !overflow)
            {
                Wait_NeedsLock(frame);
                return true;
            }

            if (!overflow)
                BeginWrite_NeedsLock(length);
        }

        if (overflow)
        {
            _owner.OnOverflow();
            return false;
        }

        _ = WriteAllAsync(new OutboxBatch(frame.Bytes, null));
        return true;
    }

    /// <summary>Sends frames that came together: all of them or none, coalesced into as few writes as they fit.</summary>
    /// <returns>False as with <see cref="TryEnqueue(WireFrame)"/>.</returns>
    public bool TryEnqueue(ReadOnlySpan<WireFrame> frames)
    {
        var length = 0L;
        foreach (var frame in frames)
            length += frame.Bytes.Length;

        OutboxBatch batch;
        bool overflow;
        lock (_gate)
        {
            if (_closing || _stopped)
                return false;

            overflow = length > _options.MaxQueuedBytes - QueuedBytes_NeedsLock && (_writing || frames.Length > 1);
            batch = default;
            if (!overflow)
            {
                foreach (var frame in frames)
                    Wait_NeedsLock(frame);
                if (_writing || !TryTakeBatch_NeedsLock(out batch))
                    return true;
            }
        }

        if (overflow)
        {
            _owner.OnOverflow();
            return false;
        }

        _ = WriteAllAsync(batch);
        return true;
    }

    /// <summary>
    /// A task that is done when at most <see cref="SocketOptions.LowWaterBytes"/> are queued, or nothing will be sent any more.
    /// A sender of much (a replay) awaits it between pages, and so goes at the pace of the reader.
    /// </summary>
    public Task WhenRoom()
    {
        lock (_gate)
        {
            if (_stopped || QueuedBytes_NeedsLock <= _options.LowWaterBytes)
                return Task.CompletedTask;

            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task;
        }
    }

    /// <summary>Queues the close frame as the last one. Frames after it are refused. Only the first call counts.</summary>
    /// <param name="frame">The close frame.</param>
    /// <param name="dropWaiting">Whether what waits is dropped, so that the frame comes next.</param>
    public void Close(WireFrame frame, bool dropWaiting)
    {
        OutboxBatch batch;
        lock (_gate)
        {
            if (_closing || _stopped)
                return;

            _closing = true;
            if (dropWaiting)
                DropWaiting_NeedsLock();
            Wait_NeedsLock(frame);
            if (_writing || !TryTakeBatch_NeedsLock(out batch))
                return;
        }

        _ = WriteAllAsync(batch);
    }

    /// <summary>Drops what waits and refuses everything from now on.</summary>
    /// <returns>Whether a write is still in flight; only an abort of the connection ends it.</returns>
    public bool Stop()
    {
        TaskCompletionSource? room;
        bool writing;
        lock (_gate)
        {
            _stopped = true;
            writing = _writing;
            DropWaiting_NeedsLock();
            (room, _room) = (_room, null);
        }

        room?.TrySetResult();
        return writing;
    }

    private void Wait_NeedsLock(WireFrame frame)
    {
        _waiting.Enqueue(frame);
        _waitingBytes += frame.Bytes.Length;
    }

    private void DropWaiting_NeedsLock()
    {
        _waiting.Clear();
        _waitingBytes = 0;
    }
}
