using QuikApp.Protocol.WebSockets;

namespace QuikApp.Host.LongPoll;

/// <summary>
/// The bounded queue of frames between two polls; any number of threads may write to it. A frame stays until the client says,
/// by the token of its next request, that it has the answer which the frame was in: an answer that never arrived is given again.
/// </summary>
internal sealed class PollOutbox(int maxBytes, int lowWaterBytes)
{
    private readonly Lock _gate = new();
    private readonly Queue<WireFrame> _frames = new();

    private long _received;
    private long _given;
    private int _bytes;
    private bool _pollWaits;
    private bool _closed;
    private TaskCompletionSource? _room;

    /// <summary>What became of a frame.</summary>
    public enum Outcome
    {
        /// <summary>It waits for the next poll.</summary>
        Queued,

        /// <summary>It waits, and a poll waits for it.</summary>
        Wakes,

        /// <summary>It found no room: the reader is too far behind.</summary>
        Overflows,

        /// <summary>The session is closing.</summary>
        Refused,
    }

    /// <summary>The number of the last message that the client has.</summary>
    public long Received
    {
        get
        {
            lock (_gate)
                return _received;
        }
    }

    /// <summary>Whether everything that was sent has reached the client.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
                return _frames.Count == 0;
        }
    }

    /// <summary>Queues a frame. A single one may be longer than the queue.</summary>
    public Outcome Add(WireFrame frame)
    {
        lock (_gate)
        {
            if (_closed)
                return Outcome.Refused;
            if (_frames.Count > 0 && frame.Payload.Length > maxBytes - _bytes)
                return Outcome.Overflows;

            _frames.Enqueue(frame);
            _bytes += frame.Payload.Length;
            if (!_pollWaits)
                return Outcome.Queued;
            _pollWaits = false;
            return Outcome.Wakes;
        }
    }

    /// <summary>Forgets the messages up to a number: the client has them.</summary>
    public void Acknowledge(long received)
    {
        TaskCompletionSource? room = null;
        lock (_gate)
        {
            // A number that was not given yet can be in no token of ours; this session must not lose frames by it all the same.
            while (_received < Math.Min(received, _given))
            {
                _bytes -= _frames.Dequeue().Payload.Length;
                _received++;
            }

            if (_bytes <= lowWaterBytes)
                (room, _room) = (_room, null);
        }

        room?.TrySetResult();
    }

    /// <summary>The messages that the client does not have, the oldest first, as many as go into one answer.</summary>
    /// <param name="maxAnswerBytes">How many bytes that is; the first one is given whatever its length.</param>
    /// <param name="through">The number of the last one given.</param>
    /// <returns>Empty when there are none: then the next <see cref="Add"/> wakes the poll.</returns>
    public IReadOnlyList<WireFrame> Take(int maxAnswerBytes, out long through)
    {
        lock (_gate)
        {
            var taken = new List<WireFrame>();
            var bytes = 0L;
            foreach (var frame in _frames)
            {
                bytes += frame.Payload.Length;
                if (taken.Count > 0 && bytes > maxAnswerBytes)
                    break;
                taken.Add(frame);
            }

            through = _received + taken.Count;
            _given = Math.Max(_given, through);
            _pollWaits = taken.Count == 0;
            return taken;
        }
    }

    /// <summary>A task that is done when little enough waits to go on writing, or nothing will be sent any more.</summary>
    public Task WhenRoom()
    {
        lock (_gate)
        {
            if (_closed || _bytes <= lowWaterBytes)
                return Task.CompletedTask;
            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task;
        }
    }

    /// <summary>Refuses everything from now on.</summary>
    /// <param name="dropWaiting">Whether what waits is dropped too.</param>
    public void Close(bool dropWaiting)
    {
        TaskCompletionSource? room;
        lock (_gate)
        {
            _closed = true;
            if (dropWaiting)
            {
                _frames.Clear();
                _bytes = 0;
                _given = _received;
            }

            (room, _room) = (_room, null);
        }

        room?.TrySetResult();
    }
}
