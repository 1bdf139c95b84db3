using QuikApp.Cluster.History;

namespace QuikApp.Cluster.Checking;

/// <summary>What a run amounts to.</summary>
/// <param name="Operations">Pushes begun.</param>
/// <param name="Acked">Pushes acknowledged.</param>
/// <param name="AckedPerSecond">Sends acknowledged a second before the fault.</param>
/// <param name="OperationsInFault">Pushes begun, and connections tried, during the fault.</param>
/// <param name="Effects">Effects of the fault.</param>
/// <param name="Outage">How long clients went without an acknowledgement around the fault.</param>
internal sealed record Measures(int Operations, int Acked, double AckedPerSecond, int OperationsInFault, int Effects, Outage Outage)
{
    /// <summary>Counts.</summary>
    public static Measures Of(Run run)
    {
        var fault = run.Seen.Fault;
        var sends = run.Lines.Where(l => l.Op == Operation.Send).ToList();
        var acks = run.Lines.Where(l => l.Op == Operation.Ack).ToList();
        var before = acks.Count(l => l.Kind == EntryKind.Create && l.T >= fault.WarmUp && l.T < fault.From);
        var seconds = MonotonicClock.Seconds(fault.From - fault.WarmUp);
        return new Measures(
            sends.Count,
            acks.Count,
            seconds > 0 ? before / seconds : 0,
            run.Lines.Count(l => IsTry(l) && l.T >= fault.From && l.T <= fault.To),
            fault.Effects,
            Outage.Of(acks, fault));
    }

    // A client that cannot connect tries nothing else: an attempt without a push is one to connect.
    private static bool IsTry(HistoryLine line) => line.Op == Operation.Send || line is { Op: Operation.Info, Cid: null };
}
