using System.Diagnostics.CodeAnalysis;

namespace QuikApp.Actors.Storage.Keys;

/// <summary>
/// Remembers at most <c>capacity</c> entries in two generations: what is used moves to the young one; when that is half the
/// capacity, the old one is forgotten. Constant cost, and what is in use stays.
/// </summary>
internal sealed class BoundedCache<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly int _half = Math.Max(1, capacity / 2);
    private Dictionary<TKey, TValue> _young = [];
    private Dictionary<TKey, TValue> _old = [];

    /// <summary>Entries remembered now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _young.Count + _old.Count;
        }
    }

    /// <summary>Finds an entry and keeps it young.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_gate)
        {
            if (_young.TryGetValue(key, out value))
                return true;
            if (!_old.Remove(key, out value))
                return false;
            Put(key, value);
            return true;
        }
    }

    /// <summary>Remembers an entry.</summary>
    public void Set(TKey key, TValue value)
    {
        lock (_gate)
        {
            _old.Remove(key);
            Put(key, value);
        }
    }

    private void Put(TKey key, TValue value)
    {
        if (_young.Count >= _half && !_young.ContainsKey(key))
            (_old, _young) = (_young, []);
        _young[key] = value;
    }
}
