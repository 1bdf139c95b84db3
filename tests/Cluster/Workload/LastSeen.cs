namespace QuikApp.Cluster.Workload;

/// <summary>The last number that a client handled of each topic, over all its connections.</summary>
internal sealed class LastSeen
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _numbers = [];

    /// <summary>The last one; null: none yet.</summary>
    public long? Of(string topic)
    {
        lock (_lock)
            return _numbers.TryGetValue(topic, out var last) ? last : null;
    }

    /// <summary>It has handled this one. An earlier connection may still say what a later one has passed.</summary>
    public void Set(string topic, long number)
    {
        lock (_lock)
            _numbers[topic] = Math.Max(number, _numbers.GetValueOrDefault(topic));
    }
}
