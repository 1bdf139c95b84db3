using QuikApp.Cluster.History;

namespace QuikApp.Cluster.Checking;

/// <summary>A run, sorted once for all invariants.</summary>
internal sealed class RunIndex
{
    public RunIndex(Run run)
    {
        Run = run;
        Acks = [.. run.Lines.Where(l => l.Op == Operation.Ack)];
        Attempts = run.Lines.Where(l => l.Cid is not null && l.Op is Operation.Send or Operation.Ack or Operation.Nack or Operation.Info).ToLookup(l => l.Cid!);
        Subscriptions = [.. run.Lines
            .Where(l => l.Sub is not null && l.Op is Operation.Join or Operation.Resume or Operation.Recv or Operation.Gap)
            .GroupBy(l => l.Sub!)
            .Select(lines => new Subscription(lines.Key, [.. lines]))];
        Journal = run.Journal.ToLookup(e => (e.Room, e.Seq));
        Rooms = run.Journal.GroupBy(e => e.Room).ToDictionary(room => room.Key, room => room.OrderBy(e => e.Seq).ToList());
    }

    /// <summary>All of it.</summary>
    public Run Run { get; }

    /// <summary>What was acknowledged.</summary>
    public IReadOnlyList<HistoryLine> Acks { get; }

    /// <summary>What is known of each push, by its id.</summary>
    public ILookup<string, HistoryLine> Attempts { get; }

    /// <summary>Each join of each client with what came in it.</summary>
    public IReadOnlyList<Subscription> Subscriptions { get; }

    /// <summary>The journal by room and number: one entry each, if all is well.</summary>
    public ILookup<(string Room, long Seq), JournalEntry> Journal { get; }

    /// <summary>The journal's order of each room.</summary>
    public IReadOnlyDictionary<string, List<JournalEntry>> Rooms { get; }
}
