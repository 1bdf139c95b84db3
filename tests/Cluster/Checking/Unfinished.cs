using QuikApp.Cluster.History;

namespace QuikApp.Cluster.Checking;

/// <summary>G6: whoever repeats a push under its key has it acknowledged in the end; only what was wrong in itself is refused.</summary>
internal sealed class Unfinished : IInvariant
{
    /// <summary>The load sends other texts under a used key on purpose.</summary>
    private const string Deserved = "idempotency_conflict";

    /// <inheritdoc/>
    public IEnumerable<Violation> Check(RunIndex run) =>
        from push in run.Attempts
        where run.Run.Seen.MustFinish
        let last = push.MaxBy(l => l.T)
        where last.Op != Operation.Ack && !(last.Op == Operation.Nack && last.Code == Deserved)
        select new Violation("G6", $"{push.Key} ended with {last.Op} {last.Code} on {last.Node}");
}
