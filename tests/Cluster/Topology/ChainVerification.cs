using QuikApp.Cluster.History;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Journal;

namespace QuikApp.Cluster.Topology;

/// <summary>Runs the product's verification over rows as a database gives them: by stream and number.</summary>
internal static class ChainVerification
{
    /// <summary>Checks every stream from its first record on; a stream is left at its first fault, which is what the product does.</summary>
    public static (JournalVerification Verification, IReadOnlyList<StoredRow> Rows) Of(IEnumerable<(string Stream, long Seq, byte[] Record)> rows)
    {
        var heads = new Dictionary<string, long>();
        var violations = new List<string>();
        var stored = new List<StoredRow>();
        var records = 0L;
        foreach (var stream in rows.GroupBy(row => row.Stream))
        {
            var id = StreamId.Parse(stream.Key);
            var room = RoomOf(id);
            var head = ChainHead.Genesis(id);
            var isWhole = true;
            foreach (var (_, seq, bytes) in stream)
            {
                records++;
                heads[room] = seq;
                stored.Add(new StoredRow(room, seq));
                if (!isWhole)
                    continue;
                if (ChainVerifier.Check(id, head, bytes, out var record) is { } violation)
                {
                    violations.Add(violation.ToString());
                    isWhole = false;
                    continue;
                }

                head = ChainHead.After(record!);
            }
        }

        return (new JournalVerification(records, heads, violations), stored);
    }

    private static string RoomOf(StreamId stream) => $"{stream.Kind}:{stream.Id}";
}
