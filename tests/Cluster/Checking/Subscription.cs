using QuikApp.Cluster.History;

namespace QuikApp.Cluster.Checking;

/// <summary>A join and all that came in it, until it was joined anew.</summary>
/// <param name="Id">The subscription's name in the histories.</param>
/// <param name="Lines">Its lines in their order.</param>
internal sealed record Subscription(string Id, IReadOnlyList<HistoryLine> Lines)
{
    /// <summary>The join.</summary>
    public HistoryLine? Start => Lines.FirstOrDefault(l => l.Op is Operation.Join or Operation.Resume && l.Code is null);

    /// <summary>The last number that was known before the first event.</summary>
    public long? Before => Start switch
    {
        { Op: Operation.Join } join => join.Head,
        { Op: Operation.Resume } resume => resume.Seq,
        _ => null,
    };

    /// <summary>Events in the order in which they came.</summary>
    public IEnumerable<HistoryLine> Received => Lines.Where(l => l.Op == Operation.Recv && l.Seq is not null);

    /// <summary>What a report calls it.</summary>
    public override string ToString() => $"{Lines[0].Client} in {Lines[0].Room} ({Id})";
}
