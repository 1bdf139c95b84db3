namespace QuikApp.Cluster.Checking;

/// <summary>I11: when the fault is healed and the run has settled, every node lists exactly who is connected.</summary>
internal sealed class PresenceConverges : IInvariant
{
    /// <inheritdoc/>
    public IEnumerable<Violation> Check(RunIndex run)
    {
        foreach (var poll in run.Run.Seen.Presence)
        {
            var ghosts = poll.Listed.Except(poll.Live).Order(StringComparer.Ordinal).ToList();
            var missing = poll.Live.Except(poll.Listed).Order(StringComparer.Ordinal).ToList();
            if (ghosts.Count > 0)
                yield return new("I11", $"{poll.Node} lists who is gone: {string.Join(", ", ghosts)}");
            if (missing.Count > 0)
                yield return new("I11", $"{poll.Node} does not list who is there: {string.Join(", ", missing)}");
        }
    }
}
