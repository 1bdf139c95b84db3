using Microsoft.Data.Sqlite;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Journal;

namespace QuikApp.Clients.Restarts;

/// <summary>The journal as a stranger with the file and no key reads it.</summary>
internal static class JournalFile
{
    /// <summary>Checks a stream's hash chain from its first record on. The server must not be running.</summary>
    /// <returns>Where the chain stands at its end.</returns>
    public static ChainHead Verify(string database, StreamId stream)
    {
        var head = ChainHead.Genesis(stream);
        foreach (var (seq, bytes) in Read(database, stream))
        {
            var violation = ChainVerifier.Check(stream, head, bytes, out var record);
            Assert.True(violation is null, violation?.ToString());
            Assert.Equal(seq, record!.Header.Seq);
            head = ChainHead.After(record);
        }

        return head;
    }

    private static IEnumerable<(long Seq, byte[] Bytes)> Read(string database, StreamId stream)
    {
        var source = new SqliteConnectionStringBuilder { DataSource = database, Mode = SqliteOpenMode.ReadWrite, Pooling = false };
        using var connection = new SqliteConnection(source.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT sequence_number, message FROM journal WHERE persistence_id = $stream ORDER BY sequence_number";
        command.Parameters.AddWithValue("$stream", stream.Value);
        using var rows = command.ExecuteReader();
        while (rows.Read())
            yield return (rows.GetInt64(0), rows.GetFieldValue<byte[]>(1));
    }
}
