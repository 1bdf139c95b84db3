namespace QuikApp.Cluster.Checking;

/// <summary>I15: the product's own verification finds nothing in the rows, and readers see each stream to its end.</summary>
internal sealed class JournalVerifies : IInvariant
{
    /// <inheritdoc/>
    public IEnumerable<Violation> Check(RunIndex run)
    {
        if (run.Run.Seen.Verification is not { } verification)
            yield break;
        foreach (var violation in verification.Violations)
            yield return new("I15", violation);
        foreach (var (room, entries) in run.Rooms)
        {
            if (verification.Heads.TryGetValue(room, out var head) && entries[^1].Seq < head)
                yield return new("I15", $"the rows of {room} go to {head}, and readers see {entries[^1].Seq}");
        }
    }
}
