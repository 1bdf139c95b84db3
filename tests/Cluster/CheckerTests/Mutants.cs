using QuikApp.Cluster.History;

namespace QuikApp.Cluster.CheckerTests;

/// <summary>Servers that break one promise, as changes to the run of a correct one.</summary>
internal static class Mutants
{
    /// <summary>What each does, and which invariant must find it.</summary>
    public static readonly IReadOnlyDictionary<string, (string Invariant, Action<RunBuilder> Break)> All =
        new Dictionary<string, (string, Action<RunBuilder>)>
        {
            ["acknowledges before the commit"] = ("I1", AckBeforeCommit),
            ["drops one event"] = ("I4", run => run.Lines.RemoveAt(run.Find(IsHotRecv, 30))),
            ["swaps two events"] = ("I5", Swap),
            ["delivers an event twice"] = ("I3", run => run.Lines.Insert(run.Find(IsHotRecv, 30), run.Lines[run.Find(IsHotRecv, 30)])),
            ["begins to count anew after a failover"] = ("I6", ResetNumbers),
            ["resumes from k + 2"] = ("I8", run => run.Lines.RemoveAt(run.Find(l => l is { Op: Operation.Resume, Code: null }) + 1)),
            ["never takes anybody out of presence"] = ("I11", run => run.Presence[0] = run.Presence[0] with { Live = new HashSet<string> { "ann", "cat" } }),
            ["accepts on the minority side"] = ("I14", AcceptOnMinority),
            ["has no unique constraint"] = ("I14", NumberTwice),
            ["does not fsync"] = ("I1", LoseTheEnd),
            ["lets a call ring for ever"] = ("I13", run => Remove(run, run.Journal[^1])),
            ["ignores the idempotency key"] = ("I10", StoreTheRepetition),
            ["swaps two bodies"] = ("I9", SwapBodies),
            ["does not say that there is a gap"] = ("I4", run => run.Lines.RemoveAt(run.Find(l => l.Op == Operation.Gap))),
        };

    private static bool IsHotRecv(HistoryLine line) => line is { Op: Operation.Recv, Room: RunBuilder.Hot };

    private static void AckBeforeCommit(RunBuilder run)
    {
        // The last of a room, so that nothing else is wrong with the journal.
        var ack = run.Lines[run.Find(l => l is { Op: Operation.Ack, Room: RunBuilder.Hot }, 0)];
        var last = run.Journal.FindLast(e => e.Room == RunBuilder.Hot)!;
        run.Lines.Add(ack with { Cid = "ann:never", Seq = last.Seq + 1 });
    }

    private static void Swap(RunBuilder run)
    {
        var first = run.Find(l => IsHotRecv(l) && l.Client == "ann", 20);
        var second = run.Find(l => IsHotRecv(l) && l.Client == "ann", 21);
        (run.Lines[first], run.Lines[second]) = (run.Lines[second], run.Lines[first]);
    }

    private static void ResetNumbers(RunBuilder run)
    {
        for (var i = 0; i < run.Lines.Count; i++)
        {
            if (run.Lines[i] is { Op: Operation.Ack, Room: RunBuilder.Hot } ack && ack.T > run.Fault.To)
                run.Lines[i] = ack with { Seq = ack.Seq - 100 };
        }
    }

    private static void AcceptOnMinority(RunBuilder run)
    {
        var at = run.Find(l => l.Op == Operation.Ack && l.T > run.Fault.From && l.T < run.Fault.To, 10);
        run.Lines[at] = run.Lines[at] with { Node = RunBuilder.Minority };
    }

    private static void NumberTwice(RunBuilder run) => run.Rows.Add(run.Rows[40]);

    private static void LoseTheEnd(RunBuilder run)
    {
        foreach (var entry in run.Journal.Where(e => e.Room == RunBuilder.Hot).TakeLast(20).ToList())
            Remove(run, entry);
    }

    private static void StoreTheRepetition(RunBuilder run)
    {
        var ack = run.Lines.Last(l => l is { Op: Operation.Ack, Room: RunBuilder.Hot });
        var head = run.Journal.Where(e => e.Room == RunBuilder.Hot).Max(e => e.Seq);
        run.Journal.Add(new(RunBuilder.Hot, head + 1, EntryKind.Create, ack.Cid, ack.H));
        run.Lines.Add(ack with { T = ack.T + 10, Op = Operation.Send, Seq = null });
        run.Lines.Add(ack with { T = ack.T + 20, Seq = head + 1 });
    }

    private static void SwapBodies(RunBuilder run)
    {
        var first = run.Find(l => IsHotRecv(l) && l.Cid is not null, 30);
        run.Lines[first] = run.Lines[first] with { H = BodyHash.Of("another's") };
    }

    private static void Remove(RunBuilder run, JournalEntry entry)
    {
        run.Journal.Remove(entry);
        run.Rows.Remove(new(entry.Room, entry.Seq));
    }
}
