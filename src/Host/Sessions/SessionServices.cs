using Akka.Actor;
using QuikApp.Actors.Conversations;
using QuikApp.Host.Authentication;
using QuikApp.Host.Authentication.Revocations;
using QuikApp.Host.Configuration;

namespace QuikApp.Host.Sessions;

/// <summary>What every session of a node shares.</summary>
/// <param name="Conversations">The shard region of conversations.</param>
/// <param name="Topics">The node's topic hubs.</param>
/// <param name="Presence">The node's presence: hears of every socket.</param>
/// <param name="Conversation">Journal reads, sizes and times.</param>
/// <param name="Tokens">Checks a token that refreshes another.</param>
/// <param name="Revocations">Takes sessions up, and ends those whose token is taken back.</param>
/// <param name="Leeway">How long after its end a token still counts.</param>
/// <param name="Limits">What a socket may ask for.</param>
/// <param name="Logger">Where failures of sessions are told.</param>
internal sealed record SessionServices(
    IActorRef Conversations,
    IActorRef Topics,
    IActorRef Presence,
    ConversationServices Conversation,
    TokenValidator Tokens,
    TokenRevocations Revocations,
    TimeSpan Leeway,
    LimitOptions Limits,
    ILogger<Session> Logger)
{
    /// <summary>The clock.</summary>
    public TimeProvider Time => Conversation.Time;
}
