using QuikApp.Cluster.History;

namespace QuikApp.Cluster.Checking;

/// <summary>I17: nobody joins, hears or reads a room that they are not a member of.</summary>
internal sealed class Authorisation : IInvariant
{
    /// <inheritdoc/>
    public IEnumerable<Violation> Check(RunIndex run)
    {
        foreach (var line in run.Run.Lines)
        {
            var shows = line.Op is Operation.Recv or Operation.Read || line.Op is Operation.Join or Operation.Resume && line.Code is null;
            if (shows && line.Room is { } room && run.Run.Seen.Members.TryGetValue(room, out var members) && !members.Contains(line.Client))
                yield return new("I17", $"{line.Client} is no member of {room} and was given {line.Op} {line.Seq}");
        }
    }
}
