namespace QuikApp.Actors.Delivery;

/// <summary>
/// Who gets a topic's events as they come, each from the number that they still need. A subscriber that is a little behind
/// gets what it missed from the window when it goes live; one that is further behind must read the journal first. No actor
/// and no I/O of its own.
/// </summary>
/// <param name="recent">The window.</param>
internal sealed class LiveSubscribers(RecentEvents recent)
{
    private readonly List<Live> _live = [];

    public int Count => _live.Count;

    /// <summary>All of them.</summary>
    public IEnumerable<ISubscriber> All => _live.Select(live => live.Subscriber);

    /// <summary>Hands over what was missed, and from here on what comes; false when the window does not reach back so far.</summary>
    /// <param name="subscriber">Who listens.</param>
    /// <param name="from">The first number that they have not got.</param>
    /// <param name="head">Number of the last event delivered here.</param>
    public bool TryAdd(ISubscriber subscriber, long from, long head)
    {
        if (!recent.TryFrom(from, head, out var missed))
            return false;
        foreach (var e in missed)
            subscriber.Deliver(e.Frame(subscriber.Version));
        _live.Add(new Live(subscriber, from));
        return true;
    }

    /// <summary>Nothing more is delivered to them; false when nothing was.</summary>
    public bool Remove(ISubscriber subscriber) => _live.RemoveAll(live => ReferenceEquals(live.Subscriber, subscriber)) > 0;

    /// <summary>Hands the next event to everybody who needs it, and keeps it for a while.</summary>
    public void Deliver(BroadcastEvent e)
    {
        foreach (var (subscriber, from) in _live)
        {
            if (e.Seq >= from)
                subscriber.Deliver(e.Frame(subscriber.Version));
        }

        recent.Add(e);
    }

    /// <summary>A subscriber that has everything before <paramref name="From"/> already.</summary>
    private readonly record struct Live(ISubscriber Subscriber, long From);
}
