using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using QuikApp.Actors.Telemetry;

namespace QuikApp.Host.Sockets;

/// <content>The one writer at a time, and what it takes from the queue.</content>
internal sealed partial class Outbox
{
    /// <summary>Rounds after which a writer that never had to wait lets its thread go: it is a borrowed one, an actor's or a hub's.</summary>
    private const int RoundsOnOneThread = 16;

    private void BeginWrite_NeedsLock(int length)
    {
        _writing = true;
        _writingBytes = length;
        Volatile.Write(ref _writingSince, _time.GetTimestamp());
    }

    /// <summary>Takes what waits, as much as goes into one write, and marks the write as begun.</summary>
    private bool TryTakeBatch_NeedsLock(out OutboxBatch batch)
    {
        batch = default;
        if (_waiting.Count == 0)
            return false;

        var first = _waiting.Dequeue();
        var length = first.Bytes.Length;
        if (!NextFits_NeedsLock(length))
        {
            batch = new OutboxBatch(first.Bytes, null);
        }
        else
        {
            // The bytes of the first are still counted as waiting here.
            var rented = ArrayPool<byte>.Shared.Rent(Math.Min(_waitingBytes, _options.MaxCoalescedBytes));
            first.Bytes.CopyTo(rented);
            var frames = 1;
            while (NextFits_NeedsLock(length))
            {
                frames++;
                var next = _waiting.Dequeue();
                next.Bytes.CopyTo(rented.AsMemory(length));
                length += next.Bytes.Length;
            }

            batch = new OutboxBatch(rented.AsMemory(0, length), rented, frames);
        }

        _waitingBytes -= length;
        BeginWrite_NeedsLock(length);
        return true;
    }

    private bool NextFits_NeedsLock(int length) =>
        _waiting.Count > 0 && length + _waiting.Peek().Bytes.Length <= _options.MaxCoalescedBytes;

    /// <summary>Writes <paramref name="batch"/> and then whatever came to wait meanwhile. Never faults.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever a transport throws ends this socket and nothing else.")]
    private async Task WriteAllAsync(OutboxBatch batch)
    {
        try
        {
            for (var round = 1; ; round++)
            {
                await _stream.WriteAsync(batch.Bytes, CancellationToken.None).ConfigureAwait(false);
                QuikAppMetrics.FramesSent(batch.Frames, batch.Bytes.Length);
                if (batch.Rented is not null)
                    ArrayPool<byte>.Shared.Return(batch.Rented);
                if (!EndWrite(out batch))
                    return;
                if (round % RoundsOnOneThread == 0)
                    await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            }
        }
        catch (Exception error)
        {
            // The rented array is left to the collector: the transport may still read it.
            EndWriting();
            _owner.OnWriteFailed(error);
        }
    }

    /// <summary>Ends a write and takes the next; false when nothing waits.</summary>
    private bool EndWrite(out OutboxBatch next)
    {
        TaskCompletionSource? room = null;
        bool more;
        var closeSent = false;
        lock (_gate)
        {
            _writingBytes = 0;
            more = TryTakeBatch_NeedsLock(out next);
            if (!more)
            {
                _writing = false;
                Volatile.Write(ref _writingSince, 0);
                closeSent = _closing && !_closeSent && !_stopped;
                _closeSent |= closeSent;
            }

            if (_room is not null && QueuedBytes_NeedsLock <= _options.LowWaterBytes)
                (room, _room) = (_room, null);
        }

        room?.TrySetResult();
        if (closeSent)
            _owner.OnCloseSent();
        return more;
    }

    private void EndWriting()
    {
        lock (_gate)
        {
            _writing = false;
            _writingBytes = 0;
            Volatile.Write(ref _writingSince, 0);
        }

        Stop();
    }
}
