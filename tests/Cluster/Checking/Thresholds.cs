namespace QuikApp.Cluster.Checking;

/// <summary>
/// How much must have happened for a run to prove something. A cell that lowers one says why: a check that passes because
/// nothing was tried is worse than none.
/// </summary>
internal sealed record Thresholds
{
    /// <summary>
    /// Those of the cells: half the rate, because servers and clients share two cores with whatever else is built there, and
    /// a run that was merely slow is no finding.
    /// </summary>
    public static Thresholds OfCells { get; } = new() { AckedPerSecond = 50 };

    /// <summary>Sends acknowledged a second between the start of the load and the fault.</summary>
    public double AckedPerSecond { get; init; } = 100;

    /// <summary>Pushes begun, or connections tried, while the fault was there.</summary>
    public int OperationsInFault { get; init; } = 50;

    /// <summary>Effects of the fault that were observed.</summary>
    public int Effects { get; init; } = 1;

    /// <summary>What is missing.</summary>
    public IEnumerable<string> Misses(Measures measures)
    {
        if (measures.AckedPerSecond < AckedPerSecond)
            yield return $"{measures.AckedPerSecond:F1} sends a second were acknowledged before the fault, {AckedPerSecond:F0} are needed";
        if (measures.OperationsInFault < OperationsInFault)
            yield return $"{measures.OperationsInFault} pushes and connections were tried during the fault, {OperationsInFault} are needed";
        if (measures.Effects < Effects)
            yield return $"{measures.Effects} effects of the fault were observed, {Effects} are needed";
    }
}
