using Akka.Actor;
using QuikApp.Actors.Access;
using QuikApp.Actors.Hosting;
using QuikApp.Actors.Relays;
using QuikApp.Actors.Storage.Conversations;
using QuikApp.Actors.Storage.Keys;
using QuikApp.Protocol.Journal;

namespace QuikApp.Actors.Conversations;

/// <summary>What every conversation of a node shares.</summary>
/// <param name="Store">Journal reads and the read model.</param>
/// <param name="Relays">What conversations owe each other.</param>
/// <param name="Keys">Content keys and pseudonyms.</param>
/// <param name="Access">Says who belongs to a workspace.</param>
/// <param name="Random">Salts and nonces of records.</param>
/// <param name="SendLimits">Sends a user and conversation.</param>
/// <param name="Options">Sizes and times.</param>
/// <param name="Time">The clock.</param>
internal sealed record ConversationServices(
    IConversationStore Store,
    IRelayStore Relays,
    IKeyStore Keys,
    IAccessSource Access,
    IRecordRandom Random,
    SendLimits SendLimits,
    ConversationOptions Options,
    TimeProvider Time)
{
    /// <summary>Copies of the states that authorisation depends on.</summary>
    public Replicas Replicas { get; } = new();

    /// <summary>The shard region of conversations; set when the actor system starts.</summary>
    public IActorRef Conversations { get; private set; } = ActorRefs.Nobody;

    /// <summary>Gathers what is settled.</summary>
    public IActorRef Settlement { get; private set; } = ActorRefs.Nobody;

    /// <summary>Makes the ids of messages.</summary>
    public RecordIds Ids { get; } = new(Time, Random);

    /// <summary>Reads events out of the journal.</summary>
    public ConversationReader Reader { get; } = new(Store, Keys);

    /// <summary>The node's presence, which hears of statuses.</summary>
    public IActorRef Presence { get; private set; } = ActorRefs.Nobody;

    /// <summary>Whether this node may promise anything; null until the actor system starts.</summary>
    public Majority? Majority { get; private set; }

    /// <summary>Names what is of this node's actor system.</summary>
    public void Attach(IActorRef conversations, IActorRef settlement, IActorRef presence, Majority majority) =>
        (Conversations, Settlement, Presence, Majority) = (conversations, settlement, presence, majority);

    /// <summary>The clock as the journal counts: microseconds since the epoch.</summary>
    public long NowMicros() => (Time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
