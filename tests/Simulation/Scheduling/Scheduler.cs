namespace QuikApp.Simulation.Scheduling;

/// <summary>
/// Everything that happens, one thing after the other on one thread: a clock that stands still between two events and jumps
/// to the next. Events of one moment run in the order in which they were asked for.
/// </summary>
internal sealed class Scheduler
{
    /// <summary>More than any script needs: one that comes here turns in a circle.</summary>
    private const int MaxEvents = 400_000;

    private const int CountBits = 24;

    private readonly PriorityQueue<Action, long> _queue = new();
    private long _count;

    /// <summary>Microseconds since the beginning.</summary>
    public long Now { get; private set; }

    /// <summary>Events run so far.</summary>
    public int Ran { get; private set; }

    /// <summary>Runs something later.</summary>
    /// <param name="delay">Microseconds from now; 0 is behind all that is due now.</param>
    /// <param name="what">What.</param>
    public void After(long delay, Action what) => _queue.Enqueue(what, ((Now + delay) << CountBits) | ++_count);

    /// <summary>Runs what is due up to a moment, and stands there.</summary>
    public void RunTo(long moment)
    {
        while (_queue.TryPeek(out var what, out var key) && key >> CountBits <= moment)
        {
            _queue.Dequeue();
            Now = key >> CountBits;
            if (++Ran > MaxEvents)
                throw new InvalidOperationException("the simulation does not come to rest");
            what();
        }

        Now = moment;
    }
}
