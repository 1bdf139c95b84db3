using System.Buffers;
using System.Runtime.CompilerServices;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Host.Sockets;

/// <content>The reading side: one loop, run by whoever reads, or by the connection itself once it is closing.</content>
internal sealed partial class SocketConnection
{
    private const int SmallRead = 4 * 1024;
    private const int LargeRead = 64 * 1024;

    private readonly MessageReader _reader;
    private byte[]? _buffer;
    private Memory<byte> _unread;
    private ReadState _state;
    private bool _discarding;
    private long _lastReceived;
    private long _incompleteSince;

    private enum ReadState
    {
        /// <summary>No read is under way and no payload is lent.</summary>
        Ready,

        /// <summary>The loop runs.</summary>
        Reading,

        /// <summary>A payload is lent to the reader until it reads again; the buffers must not be touched.</summary>
        Lent,

        /// <summary>There is nothing more to read.</summary>
        Done,
    }

    /// <summary>The timestamp of the last byte from the client, or of the moment at which a paused reader went on.</summary>
    public long LastReceived => Volatile.Read(ref _lastReceived);

    /// <summary>The timestamp since which a message is begun and not complete; 0 when none is.</summary>
    public long IncompleteSince => Volatile.Read(ref _incompleteSince);

    /// <summary>Whether a read is pending, so that silence is the client's and not ours.</summary>
    public bool IsReading
    {
        get
        {
            lock (_gate)
                return _state == ReadState.Reading;
        }
    }

    /// <summary>Whether a read buffer or a part of a message is held.</summary>
    internal bool HoldsBuffer => _buffer is not null || _reader.HoldsBuffer;

    /// <summary>Reads the next message; ends the loan of the payload before.</summary>
    /// <returns>Null when no message will come any more; <see cref="Completion"/> then tells, at once or soon, why.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<SocketMessage?> ReadAsync()
    {
        if (!TryBeginReading())
        {
            await _completion.Task.ConfigureAwait(false);
            return null;
        }

        try
        {
            while (Volatile.Read(ref _end) is null)
            {
                while (ReadBuffered() is { } message)
                {
                    if (TryLend())
                        return message;
                }

                ReleaseBuffer();
                if (Volatile.Read(ref _peerClosed))
                    break;

                // With zero bytes it waits without a buffer; that is how an idle socket costs no memory.
                _ = await _stream.ReadAsync(Memory<byte>.Empty, _stop.Token).ConfigureAwait(false);
                _buffer = ArrayPool<byte>.Shared.Rent(Math.Clamp(_reader.BytesWanted, SmallRead, LargeRead));
                var count = await _stream.ReadAsync(_buffer, _stop.Token).ConfigureAwait(false);
                if (count == 0)
                {
                    EndLost(null);
                    break;
                }

                _unread = _buffer.AsMemory(0, count);
                Volatile.Write(ref _lastReceived, _time.GetTimestamp());
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The connection has ended; its end is told below.
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // OperationCanceledException without our token is Kestrel's ConnectionAbortedException.
            EndLost(error);
        }

        EndReading();
        return null;
    }

    /// <summary>
    /// Reads on without a reader, dropping what comes, so that the client's close frame is seen: the reader is gone for good.
    /// </summary>
    public void Drain() => Drain(messageIsDone: true);

    private void Drain(bool messageIsDone)
    {
        lock (_gate)
        {
            _discarding = true;
            if (messageIsDone && _state == ReadState.Lent)
                _state = ReadState.Ready;
            if (_state != ReadState.Ready)
                return;
        }

        _ = ReadAsync().Preserve();
    }

    private bool TryBeginReading()
    {
        lock (_gate)
        {
            if (_state is ReadState.Reading or ReadState.Done)
                return false;

            // While nobody asked for messages the client could not be heard: its clocks begin anew.
            var now = _time.GetTimestamp();
            Volatile.Write(ref _lastReceived, now);
            if (_incompleteSince != 0)
                Volatile.Write(ref _incompleteSince, now);
            _state = ReadState.Reading;
            return true;
        }
    }

    /// <summary>The next message in the bytes at hand; null when they are used up. Control frames are dealt with here.</summary>
    private SocketMessage? ReadBuffered()
    {
        while (true)
        {
            var found = _reader.Read(ref _unread);
            switch (found.Kind)
            {
                case ReadEventKind.NeedMore:
                    if (_reader.IsIdle || _reader.HasEnded)
                        Volatile.Write(ref _incompleteSince, 0);
                    else if (_incompleteSince == 0)
                        Volatile.Write(ref _incompleteSince, _time.GetTimestamp());
                    return null;
                case ReadEventKind.Text or ReadEventKind.Binary:
                    Volatile.Write(ref _incompleteSince, 0);
                    return new SocketMessage(found.Kind == ReadEventKind.Text, found.Payload);
                case ReadEventKind.Ping:
                    Outbox.TryEnqueue(WireFrame.Pong(found.Payload.Span));
                    break;
                case ReadEventKind.Close:
                    OnPeerClose(found.Code);
                    break;
                case ReadEventKind.Violation:
                    OnFault(found.Code, found.Fault ?? "");
                    break;
                case ReadEventKind.Pong:
                    break;
                default:
                    throw new InvalidOperationException($"unknown event {found.Kind}");
            }
        }
    }

    private bool TryLend()
    {
        lock (_gate)
        {
            if (_discarding)
                return false;

            _state = ReadState.Lent;
            return true;
        }
    }

    private void ReleaseBuffer()
    {
        if (_buffer is null)
            return;

        var returned = _buffer;
        (_buffer, _unread) = (null, default);
        ArrayPool<byte>.Shared.Return(returned);
    }

    private void EndReading()
    {
        ReleaseBuffer();
        _reader.Dispose();
        SocketEnd? end;
        lock (_gate)
        {
            _state = ReadState.Done;
            end = _end;
        }

        if (end is not null)
            _completion.TrySetResult(end);
    }
}
