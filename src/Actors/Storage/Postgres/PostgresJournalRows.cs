using Akka.Persistence;
using Npgsql;
using NpgsqlTypes;
using QuikApp.Actors.Storage.Journal;

namespace QuikApp.Actors.Storage.Postgres;

/// <summary>The rows of a batch, a column an array: one statement a table, however many events there are.</summary>
/// <param name="now">When an event that does not say so was created, in ticks.</param>
internal sealed class PostgresJournalRows(long now)
{
    private readonly Columns _events = new();
    private readonly Columns _messages = new();
    private readonly Columns _changes = new();
    private readonly Columns _deleted = new();
    private readonly Columns _relays = new();
    private readonly Columns _mentions = new();
    private readonly Columns _withdrawn = new();
    private readonly Columns _keys = new();

    // An upsert takes a row once: of several in a batch the last one counts.
    private readonly Dictionary<string, long> _status = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Stream, string Target), long> _read = [];

    /// <summary>Takes an event, and what it must be found by.</summary>
    public void Add(IPersistentRepresentation item)
    {
        var entry = (JournalEntry)item.Payload;
        var (stream, seq) = (item.PersistenceId, item.SequenceNr);
        var created = item.Timestamp == 0 ? now : item.Timestamp;
        _events.Add(stream, seq, number: created, bytes: JournalEntrySerializer.BytesOf(entry));
        if (entry.Index is not { } facts)
            return;
        if (facts.MessageSeq == seq && facts.MessageId is { } id)
            _messages.Add(stream, seq, text: id, other: facts.Author);
        else if (facts.MessageSeq is { } of && of != seq)
            _changes.Add(stream, seq, number: of);
        if (facts is { Deletes: true, MessageSeq: { } deleted })
            _deleted.Add(stream, deleted);
        if (facts.OwesRelay)
            _relays.Add(stream, seq, number: created);
        if (facts.SetsStatus)
            _status[stream] = seq;
        if (facts.Read is { } read)
            _read[(stream, read.Stream)] = read.Seq;
        if (facts.Mention is { } mention)
            _mentions.Add(stream, mention.Seq, text: mention.Stream);
        if (facts.Withdrawn is { } withdrawn)
            _withdrawn.Add(stream, withdrawn.Seq, text: withdrawn.Stream);
        if (facts.IdempotencyKey is { } key)
            _keys.Add(stream, seq, bytes: key, otherBytes: facts.Fingerprint ?? []);
    }

    /// <summary>Adds the statements that write them.</summary>
    public void AddTo(NpgsqlBatch batch, string writerId)
    {
        Add(batch, "SELECT require_writer($1)", new NpgsqlParameter<string> { TypedValue = writerId });
        Add(
            batch,
            """
            INSERT INTO journal (created, deleted, persistence_id, sequence_number, message, tags, manifest, identifier, writer_uuid)
            SELECT created, FALSE, stream, seq, message, '', $5, $6, $7 FROM unnest($1, $2, $3, $4) AS t (created, stream, seq, message)
            """,
            Of(_events.Numbers), Of(_events.Streams), Of(_events.Seqs), Of(_events.Bytes),
            new NpgsqlParameter<string> { TypedValue = JournalEntrySerializer.RecordManifest }, new NpgsqlParameter<int> { TypedValue = JournalEntrySerializer.Id }, new NpgsqlParameter<string> { TypedValue = writerId });
        if (_messages.Any)
            Add(batch, "INSERT INTO message (stream, seq, message_id, author, deleted) SELECT stream, seq, id, author, FALSE FROM unnest($1, $2, $3, $4) AS t (stream, seq, id, author)", Of(_messages.Streams), Of(_messages.Seqs), Of(_messages.Texts), Of(_messages.Others));
        if (_changes.Any)
            Add(batch, "INSERT INTO message_change (stream, seq, message_seq) SELECT * FROM unnest($1, $2, $3)", Of(_changes.Streams), Of(_changes.Seqs), Of(_changes.Numbers));
        if (_deleted.Any)
            Add(batch, "UPDATE message SET deleted = TRUE FROM unnest($1, $2) AS t (stream, seq) WHERE message.stream = t.stream AND message.seq = t.seq", Of(_deleted.Streams), Of(_deleted.Seqs));
        if (_relays.Any)
            Add(batch, "INSERT INTO relay (stream, seq, created) SELECT * FROM unnest($1, $2, $3)", Of(_relays.Streams), Of(_relays.Seqs), Of(_relays.Numbers));
        if (_status.Count > 0)
            Add(batch, "INSERT INTO user_status (stream, seq) SELECT * FROM unnest($1, $2) ON CONFLICT (stream) DO UPDATE SET seq = excluded.seq", Of(_status.Keys), Of(_status.Values));
        if (_read.Count > 0)
            Add(batch, "INSERT INTO read_mark (stream, target, seq) SELECT * FROM unnest($1, $2, $3) ON CONFLICT (stream, target) DO UPDATE SET seq = excluded.seq", Of(_read.Keys.Select(key => key.Stream)), Of(_read.Keys.Select(key => key.Target)), Of(_read.Values));
        if (_mentions.Any)
            Add(batch, "INSERT INTO mention (stream, target, seq) SELECT * FROM unnest($1, $2, $3) ON CONFLICT DO NOTHING", Of(_mentions.Streams), Of(_mentions.Texts), Of(_mentions.Seqs));
        if (_withdrawn.Any)
            Add(batch, "DELETE FROM mention USING unnest($1, $2, $3) AS t (stream, target, seq) WHERE mention.stream = t.stream AND mention.target = t.target AND mention.seq = t.seq", Of(_withdrawn.Streams), Of(_withdrawn.Texts), Of(_withdrawn.Seqs));
        if (_keys.Any)
            Add(batch, "INSERT INTO idempotency (stream, idempotency_key, fingerprint, seq) SELECT * FROM unnest($1, $2, $3, $4)", Of(_keys.Streams), Of(_keys.Bytes), Of(_keys.OtherBytes), Of(_keys.Seqs));
    }

    private static void Add(NpgsqlBatch batch, string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        // Constants of this file; values only as parameters.
#pragma warning disable CA2100
        var command = new NpgsqlBatchCommand(sql);
#pragma warning restore CA2100
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        batch.BatchCommands.Add(command);
    }

    private static NpgsqlParameter<string?[]> Of(IEnumerable<string?> values) => new() { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    private static NpgsqlParameter<long[]> Of(IEnumerable<long> values) => new() { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };

    private static NpgsqlParameter<byte[][]> Of(IEnumerable<byte[]> values) => new() { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea };

    /// <summary>The columns that a table of the journal can have.</summary>
    private sealed class Columns
    {
        public List<string> Streams { get; } = [];

        public List<long> Seqs { get; } = [];

        public List<long> Numbers { get; } = [];

        public List<string> Texts { get; } = [];

        public List<string?> Others { get; } = [];

        public List<byte[]> Bytes { get; } = [];

        public List<byte[]> OtherBytes { get; } = [];

        public bool Any => Streams.Count > 0;

        public void Add(string stream, long seq, long number = 0, string text = "", string? other = null, byte[]? bytes = null, byte[]? otherBytes = null)
        {
            Streams.Add(stream);
            Seqs.Add(seq);
            Numbers.Add(number);
            Texts.Add(text);
            Others.Add(other);
            Bytes.Add(bytes ?? []);
            OtherBytes.Add(otherBytes ?? []);
        }
    }
}
