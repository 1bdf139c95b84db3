namespace QuikApp.Actors.Delivery;

/// <summary>
/// The last events of a topic, contiguous by number and bounded by count and bytes: what lets a subscriber that is a
/// little behind catch up without the database.
/// </summary>
/// <param name="maxEvents">Events kept at most.</param>
/// <param name="maxBytes">Bytes kept at most; the newest event is kept whatever its size.</param>
internal sealed class RecentEvents(int maxEvents, int maxBytes)
{
    private readonly Queue<BroadcastEvent> _events = new();
    private long _bytes;

    /// <summary>Adds the next event.</summary>
    public void Add(BroadcastEvent e)
    {
        _events.Enqueue(e);
        _bytes += e.Size;
        while (_events.Count > maxEvents || (_bytes > maxBytes && _events.Count > 1))
            _bytes -= _events.Dequeue().Size;
    }

    /// <summary>The events from number <paramref name="from"/> on; false when they reach back further than is kept.</summary>
    /// <param name="from">First number wanted.</param>
    /// <param name="head">Number of the last event of the topic.</param>
    /// <param name="events">The events, oldest first.</param>
    public bool TryFrom(long from, long head, out IEnumerable<BroadcastEvent> events)
    {
        events = [];
        if (from > head)
            return true;
        if (_events.Count == 0 || _events.Peek().Seq > from)
            return false;
        events = _events.SkipWhile(e => e.Seq < from);
        return true;
    }
}
