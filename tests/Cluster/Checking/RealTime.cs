using QuikApp.Cluster.History;

namespace QuikApp.Cluster.Checking;

/// <summary>I6: what was acknowledged before another send began has the smaller number.</summary>
internal sealed class RealTime : IInvariant
{
    /// <inheritdoc/>
    public IEnumerable<Violation> Check(RunIndex run)
    {
        foreach (var room in run.Acks.Where(l => l.Kind == EntryKind.Create).GroupBy(l => l.Room))
        {
            // A repetition is answered with the first number: the operation lasts from the first send to the first answer.
            var pushes = room
                .GroupBy(l => l.Cid!)
                .Select(acks => (Ack: acks.MinBy(l => l.T)!, Start: run.Attempts[acks.Key].Where(l => l.Op == Operation.Send).Min(l => (long?)l.T)))
                .Where(push => push.Start is not null)
                .ToList();
            var byAck = pushes.OrderBy(push => push.Ack.T).ToList();
            HistoryLine? highest = null;
            var next = 0;
            foreach (var push in pushes.OrderBy(push => push.Start))
            {
                for (; next < byAck.Count && byAck[next].Ack.T < push.Start; next++)
                {
                    if (highest is null || byAck[next].Ack.Seq > highest.Seq)
                        highest = byAck[next].Ack;
                }

                if (highest is not null && push.Ack.Seq <= highest.Seq)
                    yield return new("I6", $"{push.Ack.Cid} began after {highest.Cid} was acknowledged as {room.Key} {highest.Seq}, and is {push.Ack.Seq}");
            }
        }
    }
}
