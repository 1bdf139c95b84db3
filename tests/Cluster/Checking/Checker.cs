using QuikApp.Cluster.History;

namespace QuikApp.Cluster.Checking;

/// <summary>Judges a run: pure, and O(n log n) in the length of the histories.</summary>
internal static class Checker
{
    /// <summary>Evidence that is kept of one invariant: the first few tell as much as a million.</summary>
    private const int Kept = 20;

    private static readonly IInvariant[] Invariants =
    [
        new Durability(), new HonestErrors(), new Uniqueness(), new Density(), new CommonOrder(), new RealTime(), new Sessions(),
        new Resumption(), new NoPhantoms(), new Idempotency(), new PresenceConverges(), new Ephemera(), new Calls(),
        new SingleWriter(), new JournalVerifies(), new Isolation(), new Authorisation(), new Bounds(), new Secrets(),
        new Answers(), new Unfinished(),
    ];

    /// <summary>Asks every invariant.</summary>
    public static Verdict Judge(Run run, Thresholds thresholds)
    {
        var index = new RunIndex(run);
        var measures = Measures.Of(run);
        List<string> doubts = [.. thresholds.Misses(measures)];
        if (run.Seen.Verification is not { Records: > 0 })
            doubts.Add("the journal's rows were not verified");
        return new Verdict([.. Invariants.SelectMany(invariant => invariant.Check(index).Take(Kept))], doubts, measures);
    }
}
