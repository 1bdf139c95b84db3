namespace QuikApp.Cluster.Checking;

/// <summary>I19: no log of the run has a token, a key or the text of a message.</summary>
internal sealed class Secrets : IInvariant
{
    /// <inheritdoc/>
    public IEnumerable<Violation> Check(RunIndex run) => run.Run.Seen.Leaks.Select(place => new Violation("I19", place));
}
