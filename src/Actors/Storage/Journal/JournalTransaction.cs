using System.Data;
using System.Data.Common;
using Akka.Persistence;

namespace QuikApp.Actors.Storage.Journal;

/// <summary>One transaction for a batch, with a savepoint a write: for a database in the same process, where a statement costs no round trip.</summary>
internal sealed class JournalTransaction(PreparedConnection connection, string writerId, TimeProvider time, Func<DbException, bool> isConflict) : IJournalConnection
{
    private const string InsertEvent = """
        INSERT INTO journal (created, deleted, persistence_id, sequence_number, message, tags, manifest, identifier, writer_uuid)
        VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8)
        """;

    private const string InsertMessage = "INSERT INTO message (stream, seq, message_id, author, deleted) VALUES (@p0, @p1, @p2, @p3, FALSE)";
    private const string InsertChange = "INSERT INTO message_change (stream, seq, message_seq) VALUES (@p0, @p1, @p2)";
    private const string InsertKey = "INSERT INTO idempotency (stream, idempotency_key, fingerprint, seq) VALUES (@p0, @p1, @p2, @p3)";

    private const string MarkDeleted = "UPDATE message SET deleted = TRUE WHERE stream = @p0 AND seq = @p1";
    private const string InsertRelay = "INSERT INTO relay (stream, seq, created) VALUES (@p0, @p1, @p2)";
    private const string InsertMention = "INSERT INTO mention (stream, target, seq) VALUES (@p0, @p1, @p2) ON CONFLICT DO NOTHING";
    private const string DeleteMention = "DELETE FROM mention WHERE stream = @p0 AND target = @p1 AND seq = @p2";

    private const string SetStatus = """
        INSERT INTO user_status (stream, seq) VALUES (@p0, @p1)
        ON CONFLICT (stream) DO UPDATE SET seq = excluded.seq
        """;

    private const string SetRead = """
        INSERT INTO read_mark (stream, target, seq) VALUES (@p0, @p1, @p2)
        ON CONFLICT (stream, target) DO UPDATE SET seq = excluded.seq
        """;

    private readonly PreparedStatement _savepoint = connection.Prepare("SAVEPOINT journal_write");
    private readonly PreparedStatement _release = connection.Prepare("RELEASE SAVEPOINT journal_write");
    private readonly PreparedStatement _undo = connection.Prepare("ROLLBACK TO SAVEPOINT journal_write");
    private readonly PreparedStatement _message = connection.Prepare(InsertMessage, DbType.String, DbType.Int64, DbType.String, DbType.String);
    private readonly PreparedStatement _change = connection.Prepare(InsertChange, DbType.String, DbType.Int64, DbType.Int64);
    private readonly PreparedStatement _key = connection.Prepare(InsertKey, DbType.String, DbType.Binary, DbType.Binary, DbType.Int64);

    private readonly PreparedStatement _event = connection.Prepare(
            InsertEvent, DbType.Int64, DbType.Boolean, DbType.String, DbType.Int64, DbType.Binary, DbType.String, DbType.String, DbType.Int32, DbType.String)
        .Bind(1, false).Bind(5, "").Bind(6, JournalEntrySerializer.RecordManifest).Bind(7, JournalEntrySerializer.Id).Bind(8, writerId);

    /// <inheritdoc/>
    public IReadOnlyList<JournalWriteException?> Write(IReadOnlyList<JournalWrite> batch)
    {
        var refused = new JournalWriteException?[batch.Count];
        connection.Begin();
        for (var i = 0; i < batch.Count; i++)
            refused[i] = Add(batch[i]);
        connection.Commit();
        return refused;
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private JournalWriteException? Add(JournalWrite write)
    {
        _savepoint.Execute();
        try
        {
            foreach (var item in write.Events)
                Insert(item, (JournalEntry)item.Payload);
            _release.Execute();
            return null;
        }
        catch (DbException e)
        {
            // Where the error ended the transaction too (a full disk may), this throws and the whole batch fails.
            _undo.Execute();
            _release.Execute();
            var reason = isConflict(e) ? JournalWriteFailure.Conflict : JournalWriteFailure.Database;
            return new JournalWriteException(reason, $"{write.PersistenceId} from {write.Events[0].SequenceNr}: {e.Message}", e);
        }
    }

    private void Insert(IPersistentRepresentation item, JournalEntry entry)
    {
        var created = item.Timestamp == 0 ? time.GetUtcNow().Ticks : item.Timestamp;
        _event.Bind(0, created).Bind(2, item.PersistenceId).Bind(3, item.SequenceNr).Bind(4, JournalEntrySerializer.BytesOf(entry)).Execute();
        if (entry.Index is not { } facts)
            return;
        if (facts.MessageSeq == item.SequenceNr && facts.MessageId is { } id)
            _message.Bind(0, item.PersistenceId).Bind(1, item.SequenceNr).Bind(2, id).Bind(3, (object?)facts.Author ?? DBNull.Value).Execute();
        else if (facts.MessageSeq is { } of && of != item.SequenceNr)
            _change.Bind(0, item.PersistenceId).Bind(1, item.SequenceNr).Bind(2, of).Execute();
        if (facts is { Deletes: true, MessageSeq: { } deleted })
            connection.Prepare(MarkDeleted, DbType.String, DbType.Int64).Bind(0, item.PersistenceId).Bind(1, deleted).Execute();
        if (facts.OwesRelay)
            connection.Prepare(InsertRelay, DbType.String, DbType.Int64, DbType.Int64).Bind(0, item.PersistenceId).Bind(1, item.SequenceNr).Bind(2, created).Execute();
        if (facts.SetsStatus)
            connection.Prepare(SetStatus, DbType.String, DbType.Int64).Bind(0, item.PersistenceId).Bind(1, item.SequenceNr).Execute();
        if (facts.Read is { } read)
            Execute(SetRead, item.PersistenceId, read);
        if (facts.Mention is { } mention)
            Execute(InsertMention, item.PersistenceId, mention);
        if (facts.Withdrawn is { } withdrawn)
            Execute(DeleteMention, item.PersistenceId, withdrawn);
        if (facts.IdempotencyKey is { } key)
            _key.Bind(0, item.PersistenceId).Bind(1, key).Bind(2, facts.Fingerprint ?? []).Bind(3, item.SequenceNr).Execute();
    }

    private void Execute(string sql, string stream, (string Stream, long Seq) target) =>
        connection.Prepare(sql, DbType.String, DbType.String, DbType.Int64).Bind(0, stream).Bind(1, target.Stream).Bind(2, target.Seq).Execute();
}
