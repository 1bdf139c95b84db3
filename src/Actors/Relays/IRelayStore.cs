using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Relays;

/// <summary>
/// What conversations owe each other: written in the transaction of the event that it follows from, taken out when every
/// consequence was acknowledged. What is in it survives any crash and is tried until it is done.
/// </summary>
internal interface IRelayStore
{
    /// <summary>The events of a stream whose consequences are owed, rising.</summary>
    Task<IReadOnlyList<long>> Owed(StreamId stream, CancellationToken cancel = default);

    /// <summary>Streams that owe since before a moment, the oldest first.</summary>
    /// <param name="before">The moment.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancel">Ends the wait.</param>
    Task<IReadOnlyList<StreamId>> OwingSince(DateTimeOffset before, int limit, CancellationToken cancel = default);

    /// <summary>The consequences of these events are done.</summary>
    Task Settle(IReadOnlyCollection<(StreamId Stream, long Seq)> done, CancellationToken cancel = default);
}
