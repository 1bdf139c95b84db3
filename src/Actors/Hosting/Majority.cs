using Akka.Actor;
using Akka.Cluster;

namespace QuikApp.Actors.Hosting;

/// <summary>
/// Whether a node is in the part of its cluster that goes on when it falls apart. It is the rule of the split-brain resolver's
/// <c>keep-majority</c>, asked of the failure detector alone: the resolver acts once the picture has been stable for a while,
/// and until then a node that is alone is to promise nothing.
/// </summary>
/// <param name="look">Looks whether this node hears enough of the others.</param>
/// <param name="time">The clock.</param>
internal sealed class Majority(Func<bool> look, TimeProvider time)
{
    /// <summary>For how long an answer counts: short beside the seconds that the failure detector takes.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromMilliseconds(100);

    // One reference, so that a reader sees an answer with its own time.
    private Answer _last = new(IsReached: true, At: null);

    /// <summary>Whether this node hears enough of the others. Cheap, and for any thread.</summary>
    public bool IsReached
    {
        get
        {
            var last = Volatile.Read(ref _last);
            if (last.At is { } at && time.GetElapsedTime(at) < Life)
                return last.IsReached;
            last = new Answer(look(), time.GetTimestamp());
            Volatile.Write(ref _last, last);
            return last.IsReached;
        }
    }

    /// <summary>That of a node of a cluster.</summary>
    public static Majority Of(Cluster cluster, TimeProvider time) => new(() => IsHeardBy(cluster), time);

    /// <summary>
    /// Whether those who are reached go on: more than half, or half with the lowest address among them. Where nobody votes, as
    /// on a node that is alone and leaving, nobody objects.
    /// </summary>
    /// <param name="voters">The addresses of the members that are up or leaving.</param>
    /// <param name="isReached">Whether one is heard; a node hears itself.</param>
    public static bool GoesOn(IReadOnlyCollection<Address> voters, Func<Address, bool> isReached)
    {
        var reached = voters.Count(isReached);
        return reached * 2 > voters.Count
            || (reached * 2 == voters.Count && (voters.Count == 0 || isReached(voters.Min(Member.AddressOrdering)!)));
    }

    private static bool IsHeardBy(Cluster cluster)
    {
        // It hears nobody any more, because it left or because it was put out.
        if (cluster.IsTerminated)
            return cluster.SelfMember.Status != MemberStatus.Down;
        var state = cluster.State;
        var heard = cluster.FailureDetector;
        var unheard = state.Unreachable.Select(member => member.Address).ToHashSet();
        return GoesOn(
            [.. state.Members.Where(member => member.Status is MemberStatus.Up or MemberStatus.Leaving).Select(member => member.Address)],
            // Of a large cluster a node listens to some, and is told of the others.
            address => heard.IsMonitoring(address) ? heard.IsAvailable(address) : !unheard.Contains(address));
    }

    private sealed record Answer(bool IsReached, long? At);
}
