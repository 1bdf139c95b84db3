using QuikApp.Cluster.History;

namespace QuikApp.Cluster.Checking;

/// <summary>I13: a call that began ends exactly once, at most 45 s after the fault was healed or it began.</summary>
internal sealed class Calls : IInvariant
{
    private const string Started = "started";
    private const string End = "end";

    /// <summary>How long a call may go on without its people.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(45);

    /// <summary>The calls of which a beginning and no end is known.</summary>
    public static IEnumerable<string> Open(IEnumerable<JournalEntry> journal) =>
        ByCall(journal).Where(call => call.Any(HasStarted) && !call.Any(HasEnded)).Select(call => call.Key.Cid!);

    /// <inheritdoc/>
    public IEnumerable<Violation> Check(RunIndex run)
    {
        foreach (var call in ByCall(run.Run.Journal))
        {
            var started = call.Count(HasStarted);
            var ended = call.Count(HasEnded);
            if (started > 0 && ended != 1)
                yield return new("I13", $"{call.Key.Cid} in {call.Key.Room} began {started} times and ended {ended} times");
        }

        foreach (var call in run.Run.Lines.Where(l => l is { Op: Operation.Call, Cid: not null }).GroupBy(l => l.Cid))
        {
            var start = call.Where(l => l.Code == Started).Min(l => (long?)l.T);
            var end = call.Where(l => l.Code?.StartsWith(End, StringComparison.Ordinal) == true).Min(l => (long?)l.T);
            if (start is { } from && end is { } to && to - Math.Max(from, run.Run.Seen.Fault.To) > MonotonicClock.Nanos(Limit))
                yield return new("I13", $"{call.Key} went on for {MonotonicClock.Seconds(to - from):F0} s");
        }
    }

    private static IEnumerable<IGrouping<(string Room, string? Cid), JournalEntry>> ByCall(IEnumerable<JournalEntry> journal) =>
        journal.Where(e => e is { Kind: EntryKind.Call, Cid: not null }).GroupBy(e => (e.Room, e.Cid));

    private static bool HasStarted(JournalEntry e) => e.Code == Started;

    private static bool HasEnded(JournalEntry e) => e.Code?.StartsWith(End, StringComparison.Ordinal) == true;
}
