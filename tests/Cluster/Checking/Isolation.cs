namespace QuikApp.Cluster.Checking;

/// <summary>I16: a bystander's requests have no error. How long they take is reported and not judged.</summary>
internal sealed class Isolation : IInvariant
{
    /// <inheritdoc/>
    public IEnumerable<Violation> Check(RunIndex run)
    {
        if (run.Run.Seen.Canary is { Errors: > 0 } canary)
            yield return new("I16", $"{canary.Errors} of the bystander's {canary.Requests} requests failed");
    }
}
