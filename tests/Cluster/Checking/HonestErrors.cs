using QuikApp.Cluster.History;

namespace QuikApp.Cluster.Checking;

/// <summary>I2: what was refused for good is not in the journal. What is not known may be there or not.</summary>
internal sealed class HonestErrors : IInvariant
{
    /// <summary>Refuses the repetition and not the message: the first one stands.</summary>
    public const string Conflict = "idempotency_conflict";

    /// <inheritdoc/>
    public IEnumerable<Violation> Check(RunIndex run)
    {
        foreach (var entry in run.Run.Journal.Where(e => e is { Kind: EntryKind.Create, Cid: not null }))
        {
            var attempts = run.Attempts[entry.Cid!].ToList();
            var refused = attempts.Count(l => l.Op == Operation.Nack && l.Code != Conflict);
            if (refused > 0 && refused == attempts.Count(l => l.Op == Operation.Send))
                yield return new("I2", $"{entry.Cid} was refused each time and stands at {entry.Room} {entry.Seq}");
        }
    }
}
