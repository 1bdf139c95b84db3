using QuikApp.Cluster.History;

namespace QuikApp.Cluster.Checking;

/// <summary>I8: when a resume from k says that it is done, the client holds k + 1 to the head that it named.</summary>
internal sealed class Resumption : IInvariant
{
    private const string Done = "done";

    /// <inheritdoc/>
    public IEnumerable<Violation> Check(RunIndex run)
    {
        foreach (var subscription in run.Subscriptions)
        {
            if (subscription.Start is not { Op: Operation.Resume, Seq: { } since, Head: { } head })
                continue;
            if (!subscription.Lines.Any(l => l is { Op: Operation.Resume, Code: Done }))
                continue;
            var got = subscription.Lines
                .TakeWhile(l => l is not { Op: Operation.Resume, Code: Done })
                .Where(l => l is { Op: Operation.Recv, Seq: not null })
                .Select(l => l.Seq!.Value)
                .ToHashSet();
            for (var seq = since + 1; seq <= head; seq++)
            {
                if (!got.Contains(seq))
                {
                    yield return new("I8", $"{subscription} resumed from {since} to {head} and did not get {seq}");
                    break;
                }
            }
        }
    }
}
