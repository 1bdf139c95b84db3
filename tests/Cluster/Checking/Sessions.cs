using QuikApp.Cluster.History;

namespace QuikApp.Cluster.Checking;

/// <summary>I7: a client reads its own writes, on whatever node, and what it reads does not get shorter.</summary>
internal sealed class Sessions : IInvariant
{
    /// <inheritdoc/>
    public IEnumerable<Violation> Check(RunIndex run)
    {
        foreach (var client in run.Run.Lines.GroupBy(l => l.Client))
        {
            var own = new Dictionary<string, long>();
            var seen = new Dictionary<string, long>();
            var page = new Page();
            // A client's task does one thing after the other, so what stands before a page was known when it was asked for.
            foreach (var line in client)
            {
                switch (line)
                {
                    case { Op: Operation.Ack, Seq: { } seq, Room: { } room }:
                        own[room] = Math.Max(own.GetValueOrDefault(room), seq);
                        break;
                    case { Op: Operation.Read, Seq: { } seq }:
                        page = page.Take(line.Sub!, seq);
                        break;
                    case { Op: Operation.Read, Code: "head", Head: { } head, Room: { } room }:
                        if (head < own.GetValueOrDefault(room))
                            yield return new("I7", $"{line.Client} was told {room} {own[room]} and then reads up to {head} on {line.Node}");
                        else if (page.Sub == line.Sub && own.GetValueOrDefault(room) >= page.First && own[room] > page.Last)
                            yield return new("I7", $"{line.Client} was told {room} {own[room]} and its page ends at {page.Last} on {line.Node}");
                        if (head < seen.GetValueOrDefault(room))
                            yield return new("I7", $"{line.Client} read {room} up to {seen[room]} and then up to {head} on {line.Node}");
                        seen[room] = Math.Max(seen.GetValueOrDefault(room), head);
                        break;
                }
            }
        }
    }

    private readonly record struct Page(string? Sub, long First, long Last)
    {
        public Page Take(string sub, long seq) => sub == Sub ? this with { Last = seq } : new(sub, seq, seq);
    }
}
