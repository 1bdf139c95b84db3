using QuikApp.Cluster.History;

namespace QuikApp.Cluster.Checking;

/// <summary>I13: a call that began ends exactly once, at most 45 s after the fault was healed or it began.</summary>
internal sealed class Calls : IInvariant
{
    private const string Started = "started";
    private const string End = "end";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(45);

    /// <inheritdoc/>
    public IEnumerable<Violation> Check(RunIndex run)
    {
        foreach (var call in run.Run.Journal.Where(e => e is { Kind: EntryKind.Call, Cid: not null }).GroupBy(e => (e.Room, e.Cid)))
        {
            var started = call.Count(e => e.Code == Started);
            var ended = call.Count(e => e.Code?.StartsWith(End, StringComparison.Ordinal) == true);
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
}
