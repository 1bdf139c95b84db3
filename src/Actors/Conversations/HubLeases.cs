using Akka.Actor;

namespace QuikApp.Actors.Conversations;

/// <summary>The hubs that a conversation publishes to. A registration lapses unless it is renewed.</summary>
/// <param name="time">The clock.</param>
/// <param name="lease">How long a registration lasts.</param>
internal sealed class HubLeases(TimeProvider time, TimeSpan lease)
{
    private readonly Dictionary<IActorRef, DateTimeOffset> _until = [];

    /// <summary>Registers a hub or renews it; true when it is new.</summary>
    public bool Add(IActorRef hub)
    {
        var isNew = !_until.ContainsKey(hub);
        _until[hub] = time.GetUtcNow() + lease;
        return isNew;
    }

    public bool Contains(IActorRef hub) => _until.ContainsKey(hub);

    public void Remove(IActorRef hub) => _until.Remove(hub);

    /// <summary>The hubs whose lease runs; those whose lease lapsed are forgotten.</summary>
    public IReadOnlyCollection<IActorRef> Current()
    {
        var now = time.GetUtcNow();
        foreach (var (hub, until) in _until)
        {
            if (until < now)
                _until.Remove(hub);
        }

        return _until.Keys;
    }
}
