using System.Collections.Concurrent;

namespace QuikApp.Host.Authentication.Revocations;

/// <summary>What lives by tokens on this node.</summary>
internal sealed class LiveTokens
{
    private readonly ConcurrentDictionary<ILiveToken, bool> _live = new(ReferenceEqualityComparer.Instance);

    /// <summary>All of them, without a lock: one that comes or goes meanwhile may be missed or seen.</summary>
    public IEnumerable<ILiveToken> All => _live.Select(entry => entry.Key);

    /// <summary>Takes one up.</summary>
    public void Add(ILiveToken live) => _live.TryAdd(live, true);

    /// <summary>Forgets one that ended.</summary>
    public void Remove(ILiveToken live) => _live.TryRemove(live, out _);
}
