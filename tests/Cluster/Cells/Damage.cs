using System.Text;
using QuikApp.Cluster.Topology;

namespace QuikApp.Cluster.Cells;

/// <summary>What can be wrong with a stream's rows, and how to make it so.</summary>
internal static class Damage
{
    private const int Row = 5;

    /// <summary>The kinds by name; each takes the stream.</summary>
    public static readonly IReadOnlyDictionary<string, Action<IDeployment, string>> Kinds = new Dictionary<string, Action<IDeployment, string>>
    {
        ["a bit of the record"] = (d, stream) => Change(d, stream, bytes => Flip(bytes, "\"act\":\"")),
        ["the hash of the record before"] = (d, stream) => Change(d, stream, bytes => Flip(bytes, "\"prev\":\"")),
        ["a hole"] = (d, stream) => Run(d, stream, "DELETE FROM journal WHERE persistence_id = @stream AND sequence_number = @row"),
        ["a number twice"] = (d, stream) => Run(d, stream, """
            UPDATE journal SET message = (SELECT message FROM journal WHERE persistence_id = @stream AND sequence_number = @row - 1)
            WHERE persistence_id = @stream AND sequence_number = @row
            """),
        ["another manifest"] = (d, stream) => Run(d, stream, "UPDATE journal SET manifest = 'record.v9' WHERE persistence_id = @stream AND sequence_number = @row"),
        ["another serializer"] = (d, stream) => Run(d, stream, "UPDATE journal SET identifier = 1 WHERE persistence_id = @stream AND sequence_number = @row"),
        ["cut short"] = (d, stream) => Change(d, stream, bytes => bytes[..(bytes.Length / 2)]),
        ["two rows swapped"] = Swap,
    };

    /// <summary>Those of which the record itself tells nothing: the columns beside it are wrong.</summary>
    public static readonly IReadOnlySet<string> OfColumns = new HashSet<string> { "another manifest", "another serializer" };

    /// <summary>Changes a bit of a body, which headers alone do not show.</summary>
    public static void ChangeBody(IDeployment deployment, string stream) => Change(deployment, stream, bytes =>
    {
        // The last character is the end of the authentication tag; the one before the line feed's neighbour has bits that count.
        bytes[^10] = bytes[^10] == 'A' ? (byte)'B' : (byte)'A';
        return bytes;
    });

    private static void Swap(IDeployment deployment, string stream)
    {
        var rows = deployment.Rows().Where(row => row.Stream == stream).ToDictionary(row => row.Seq, row => row.Record);
        Store(deployment, stream, Row, rows[Row + 1]);
        Store(deployment, stream, Row + 1, rows[Row]);
    }

    private static void Change(IDeployment deployment, string stream, Func<byte[], byte[]> change) =>
        Store(deployment, stream, Row, change(deployment.Rows().Single(row => row.Stream == stream && row.Seq == Row).Record));

    private static byte[] Flip(byte[] bytes, string after)
    {
        var at = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(after)) + after.Length + 4;
        bytes[at] = bytes[at] == 'A' ? (byte)'B' : (byte)'A';
        return bytes;
    }

    private static void Store(IDeployment deployment, string stream, long seq, byte[] record) => Assert.Equal(1, deployment.Execute(
        "UPDATE journal SET message = @record WHERE persistence_id = @stream AND sequence_number = @seq",
        ("@record", record), ("@stream", stream), ("@seq", seq)));

    private static void Run(IDeployment deployment, string stream, string sql) =>
        Assert.Equal(1, deployment.Execute(sql, ("@stream", stream), ("@row", (long)Row)));
}
