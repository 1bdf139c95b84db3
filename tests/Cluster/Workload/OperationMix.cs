namespace QuikApp.Cluster.Workload;

/// <summary>What a client does next.</summary>
internal enum Step
{
    Send,
    Edit,
    Delete,
    React,
    ReadHistory,
    LeaveAndJoin,
    Reconnect,
    Repeat,
    Conflict,
    Type,
}

/// <summary>How often it does what.</summary>
internal static class OperationMix
{
    private static readonly (int Percent, Step Step)[] Mix =
    [
        (55, Step.Send), (5, Step.Edit), (3, Step.Delete), (10, Step.React), (10, Step.ReadHistory), (5, Step.LeaveAndJoin),
        (5, Step.Reconnect), (4, Step.Repeat), (1, Step.Conflict), (2, Step.Type),
    ];

    /// <summary>A step by its share.</summary>
    public static Step Next(Random random)
    {
        var point = random.Next(100);
        foreach (var (percent, step) in Mix)
        {
            if ((point -= percent) < 0)
                return step;
        }

        return Step.Send;
    }

    /// <summary>Rooms by Zipf's law: the n-th is chosen with a weight of 1 / n.</summary>
    public static IReadOnlyList<int> Zipf(Random random, int rooms, int count)
    {
        var weights = Enumerable.Range(1, rooms).Select(n => 1.0 / n).ToArray();
        var chosen = new HashSet<int>();
        while (chosen.Count < Math.Min(count, rooms))
        {
            var point = random.NextDouble() * weights.Sum();
            var room = 0;
            while (room < rooms - 1 && (point -= weights[room]) >= 0)
                room++;
            chosen.Add(room);
        }

        return [.. chosen];
    }
}
