using System.Data.Common;
using QuikApp.Actors.Relays;
using QuikApp.Actors.Users;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Storage.Conversations;

/// <summary>Reads the journal and its indexes on threads of its own, by SQL that every database understands.</summary>
internal abstract class SqlConversationStore : IConversationStore, IRelayStore, IDisposable
{
    private readonly ConnectionThreads _threads;
    private readonly Func<PreparedConnection, bool> _journalExists;
    private volatile bool _journalSeen;

    /// <summary>Starts the threads.</summary>
    /// <param name="source">The journal's database.</param>
    /// <param name="threads">How many read at once, each on a connection of its own.</param>
    /// <param name="queue">Reads that may wait.</param>
    /// <param name="journalExists">Whether the journal's table is there yet.</param>
    protected SqlConversationStore(DbDataSource source, int threads, int queue, Func<PreparedConnection, bool> journalExists)
    {
        _journalExists = journalExists;
        _threads = new ConnectionThreads(source, "journal-reader", threads, queue);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, long>> FindMessages(StreamId stream, IReadOnlyCollection<string> messageIds, CancellationToken cancel = default) =>
        _threads.Run(connection => ConversationQueries.Messages(connection, stream.Value, messageIds), cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<byte[], StoredKey>> FindIdempotent(StreamId stream, IReadOnlyCollection<byte[]> keys, CancellationToken cancel = default) =>
        _threads.Run(connection => ConversationQueries.Keys(connection, stream.Value, keys), cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredRecord>> ReadRecords(StreamId stream, long fromSeq, long toSeq, int max, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(max);
        return _threads.Run(connection => HasJournal(connection) ? ConversationQueries.Records(connection, stream.Value, fromSeq, toSeq, max) : [], cancel);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredRecord>> ReadRecords(StreamId stream, IReadOnlyCollection<long> seqs, CancellationToken cancel = default) =>
        _threads.Run(connection => HasJournal(connection) ? ConversationQueries.Records(connection, stream.Value, seqs) : [], cancel);

    /// <inheritdoc/>
    public Task<SeqPage> MessagePage(StreamId stream, long? beforeSeq, long? afterSeq, int limit, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return _threads.Run(connection => ConversationQueries.Page(connection, stream.Value, beforeSeq, afterSeq, limit), cancel);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<long>> ChangesOf(StreamId stream, IReadOnlyCollection<long> messageSeqs, CancellationToken cancel = default) =>
        _threads.Run(connection => ConversationQueries.EventsOf(connection, stream.Value, messageSeqs), cancel);

    /// <inheritdoc/>
    public Task<SeqPage> ChangedSince(StreamId stream, long since, int limit, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return _threads.Run(connection => ConversationQueries.ChangedSince(connection, stream.Value, since, limit), cancel);
    }

    /// <inheritdoc/>
    public Task<long> Head(StreamId stream, CancellationToken cancel = default) =>
        _threads.Run(connection => HasJournal(connection) ? ConversationQueries.Head(connection, stream.Value) : 0, cancel);

    /// <inheritdoc/>
    public Task<ReadFacts> Unread(StreamId user, StreamId target, long? above, string pseudonym, CancellationToken cancel = default) =>
        _threads.Run(connection => HasJournal(connection) ? ReadQueries.Unread(connection, user.Value, target.Value, above, pseudonym) : default, cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StreamId>> Marked(StreamId user, string after, int limit, CancellationToken cancel = default) =>
        _threads.Run(connection => ReadQueries.Targets(connection, user.Value, after, limit), cancel);

    /// <inheritdoc/>
    public Task<long?> StatusSeq(StreamId user, CancellationToken cancel = default) =>
        _threads.Run(connection => ReadQueries.StatusSeq(connection, user.Value), cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<long>> Owed(StreamId stream, CancellationToken cancel = default) =>
        _threads.Run(connection => RelayQueries.Owed(connection, stream.Value), cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StreamId>> OwingSince(DateTimeOffset before, int limit, CancellationToken cancel = default) =>
        _threads.Run(connection => RelayQueries.OwingSince(connection, before.UtcTicks, limit), cancel);

    /// <inheritdoc/>
    public Task Settle(IReadOnlyCollection<(StreamId Stream, long Seq)> done, CancellationToken cancel = default) =>
        _threads.Run(connection => RelayQueries.Settle(connection, done), cancel);

    /// <inheritdoc/>
    public void Dispose() => _threads.Dispose();

    private bool HasJournal(PreparedConnection connection) => _journalSeen || (_journalSeen = _journalExists(connection));
}
