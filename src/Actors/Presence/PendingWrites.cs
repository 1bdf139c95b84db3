namespace QuikApp.Actors.Presence;

/// <summary>
/// What this node has still to tell the others, by bucket. A bucket is taken after the one that waits longer: the
/// replicator merges the whole key with every write, so a crowd that comes at once must not cost one write a user.
/// </summary>
internal sealed class PendingWrites
{
    private readonly Queue<int> _order = new();

    // Null: the whole bucket.
    private readonly Dictionary<int, HashSet<PresenceName>?> _names = [];

    /// <summary>Whether nothing is to be told.</summary>
    public bool IsEmpty => _order.Count == 0;

    /// <summary>One name is to be told.</summary>
    public void Add(PresenceName name)
    {
        var bucket = PresenceKeys.BucketOf(name.User);
        if (!_names.TryGetValue(bucket, out var names))
        {
            _names.Add(bucket, names = []);
            _order.Enqueue(bucket);
        }

        names?.Add(name);
    }

    /// <summary>Everything is to be told, and that nothing else is true.</summary>
    public void AddAll()
    {
        for (var bucket = 0; bucket < PresenceKeys.Buckets; bucket++)
            AddWhole(bucket);
    }

    /// <summary>All of a bucket is to be told, and that nothing else in it is true.</summary>
    public void AddWhole(int bucket)
    {
        if (!_names.ContainsKey(bucket))
            _order.Enqueue(bucket);
        _names[bucket] = null;
    }

    /// <summary>Nothing is to be told.</summary>
    public void Clear()
    {
        _order.Clear();
        _names.Clear();
    }

    /// <summary>Takes the bucket that waits longest; null names are the whole bucket.</summary>
    public bool TryTake(out int bucket, out IReadOnlyCollection<PresenceName>? names)
    {
        names = null;
        if (!_order.TryDequeue(out bucket))
            return false;
        _names.Remove(bucket, out var taken);
        names = taken;
        return true;
    }
}
