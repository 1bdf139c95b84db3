using QuikApp.Actors.Users;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Storage.Conversations;

/// <summary>
/// Reads a stream without its actor: history, lookups, resume. What a finished write wrote is seen by every later call.
/// No call blocks its caller.
/// </summary>
/// <remarks>Every method fails with <see cref="StorageBusyException"/> when too many reads wait, and with the driver's error when the database fails.</remarks>
internal interface IConversationStore
{
    /// <summary>The number of the event that created each message; an unknown id is left out.</summary>
    Task<IReadOnlyDictionary<string, long>> FindMessages(StreamId stream, IReadOnlyCollection<string> messageIds, CancellationToken cancel = default);

    /// <summary>What each idempotency key was used for; an unused key is left out. Keys compare by their bytes.</summary>
    Task<IReadOnlyDictionary<byte[], StoredKey>> FindIdempotent(StreamId stream, IReadOnlyCollection<byte[]> keys, CancellationToken cancel = default);

    /// <summary>At most <paramref name="max"/> records from <paramref name="fromSeq"/> to <paramref name="toSeq"/>, both included, by number; rows marked deleted too.</summary>
    Task<IReadOnlyList<StoredRecord>> ReadRecords(StreamId stream, long fromSeq, long toSeq, int max, CancellationToken cancel = default);

    /// <summary>The records with these numbers, by number; a missing one is left out.</summary>
    Task<IReadOnlyList<StoredRecord>> ReadRecords(StreamId stream, IReadOnlyCollection<long> seqs, CancellationToken cancel = default);

    /// <summary>
    /// Messages by the numbers of their creation. With <paramref name="afterSeq"/> the first ones above it (and below
    /// <paramref name="beforeSeq"/>, if given); otherwise the last ones, below <paramref name="beforeSeq"/> if given.
    /// </summary>
    Task<SeqPage> MessagePage(StreamId stream, long? beforeSeq, long? afterSeq, int limit, CancellationToken cancel = default);

    /// <summary>The numbers of all events of these messages, the creations included, rising.</summary>
    Task<IReadOnlyList<long>> ChangesOf(StreamId stream, IReadOnlyCollection<long> messageSeqs, CancellationToken cancel = default);

    /// <summary>The messages that were created or changed by an event above <paramref name="since"/>; where there are more than <paramref name="limit"/>, the oldest and a sign.</summary>
    Task<SeqPage> ChangedSince(StreamId stream, long since, int limit, CancellationToken cancel = default);

    /// <summary>What a user has not read of a conversation.</summary>
    /// <param name="user">The user's stream.</param>
    /// <param name="target">The conversation.</param>
    /// <param name="above">The number up to which it is read; null for what the user marked last.</param>
    /// <param name="pseudonym">The user: what they wrote themselves is not counted.</param>
    /// <param name="cancel">Ends the wait.</param>
    Task<ReadFacts> Unread(StreamId user, StreamId target, long? above, string pseudonym, CancellationToken cancel = default);

    /// <summary>The conversations that a user has marked, by the bytes of their names: at most <paramref name="limit"/> behind <paramref name="after"/>.</summary>
    Task<IReadOnlyList<StreamId>> Marked(StreamId user, string after, int limit, CancellationToken cancel = default);

    /// <summary>The number of the event that set the user's status last; null when none did.</summary>
    Task<long?> StatusSeq(StreamId user, CancellationToken cancel = default);

    /// <summary>The number of the last event, 0 for a stream without one.</summary>
    Task<long> Head(StreamId stream, CancellationToken cancel = default);
}
