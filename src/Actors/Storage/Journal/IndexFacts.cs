namespace QuikApp.Actors.Storage.Journal;

/// <summary>What the read model must find an event by; written in the transaction that writes the event.</summary>
/// <param name="MessageId">The message the event concerns.</param>
/// <param name="MessageSeq">The number of the event that created that message: the event's own for the creation, an earlier one for an edit, a deletion or a reaction.</param>
/// <param name="IdempotencyKey">The client's key, or a digest of it, unique in the stream.</param>
/// <param name="Fingerprint">A digest of the request the key stands for; needed with a key.</param>
internal sealed record IndexFacts(string? MessageId = null, long? MessageSeq = null, byte[]? IdempotencyKey = null, byte[]? Fingerprint = null)
{
    /// <summary>Pseudonym of a created message's author: what somebody wrote is not unread to them.</summary>
    public string? Author { get; init; }

    /// <summary>The event deletes the message: it is unread to nobody any more.</summary>
    public bool Deletes { get; init; }

    /// <summary>The event has consequences in other streams: they are owed until <see cref="Relays.IRelayStore.Settle"/>.</summary>
    public bool OwesRelay { get; init; }

    /// <summary>In a user's stream: a conversation read up to a number.</summary>
    public (string Stream, long Seq)? Read { get; init; }

    /// <summary>In a user's stream: a message that mentions the user.</summary>
    public (string Stream, long Seq)? Mention { get; init; }

    /// <summary>In a user's stream: a message that mentioned the user and is deleted.</summary>
    public (string Stream, long Seq)? Withdrawn { get; init; }

    /// <summary>In a user's stream: the event says how they want to be seen from here on.</summary>
    public bool SetsStatus { get; init; }
}
