using QuikApp.Cluster.History;

namespace QuikApp.Cluster.Checking;

/// <summary>I12: typing ends by itself after 6 s, and is not journaled.</summary>
internal sealed class Ephemera : IInvariant
{
    /// <summary>The contract's 6 s, and what a busy machine takes to say it.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(6 + 4);

    /// <inheritdoc/>
    public IEnumerable<Violation> Check(RunIndex run)
    {
        foreach (var span in run.Run.Seen.Typing)
        {
            if (span.End is not { } end || end - span.Start > MonotonicClock.Nanos(Limit))
                yield return new("I12", $"{span.User} was shown typing in {span.Room} for longer than {Limit.TotalSeconds} s");
        }

        foreach (var entry in run.Run.Journal.Where(e => e.Code?.StartsWith("typing", StringComparison.Ordinal) == true))
            yield return new("I12", $"typing is in the journal: {entry.Room} {entry.Seq}");
    }
}
