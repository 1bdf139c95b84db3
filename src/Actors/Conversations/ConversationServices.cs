using QuikApp.Actors.Storage.Conversations;
using QuikApp.Actors.Storage.Keys;
using QuikApp.Protocol.Journal;

namespace QuikApp.Actors.Conversations;

/// <summary>What every conversation of a node shares.</summary>
/// <param name="Store">Journal reads and the read model.</param>
/// <param name="Keys">Content keys and pseudonyms.</param>
/// <param name="Random">Salts and nonces of records.</param>
/// <param name="SendLimits">Sends a user and conversation.</param>
/// <param name="Options">Sizes and times.</param>
/// <param name="Time">The clock.</param>
internal sealed record ConversationServices(
    IConversationStore Store,
    IKeyStore Keys,
    IRecordRandom Random,
    SendLimits SendLimits,
    ConversationOptions Options,
    TimeProvider Time)
{
    /// <summary>Makes the ids of messages.</summary>
    public RecordIds Ids { get; } = new(Time, Random);

    /// <summary>Reads events out of the journal.</summary>
    public ConversationReader Reader { get; } = new(Store, Keys);

    /// <summary>The clock as the journal counts: microseconds since the epoch.</summary>
    public long NowMicros() => (Time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
