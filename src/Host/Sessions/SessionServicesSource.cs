using Akka.Hosting;
using Microsoft.Extensions.Options;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Delivery;
using QuikApp.Actors.Presence;
using QuikApp.Host.Authentication;
using QuikApp.Host.Authentication.Revocations;
using QuikApp.Host.Configuration;

namespace QuikApp.Host.Sessions;

/// <summary>Hands out what sessions share, once the actor system has started.</summary>
internal sealed class SessionServicesSource(
    IReadOnlyActorRegistry actors,
    ConversationServices conversation,
    TokenValidator tokens,
    TokenRevocations revocations,
    IOptions<AuthOptions> auth,
    IOptions<LimitOptions> limits,
    ILogger<Session> logger)
{
    private SessionServices? _current;

    /// <summary>What sessions share; null until the actor system has started.</summary>
    public SessionServices? Current => _current ??= Make();

    private SessionServices? Make() =>
        actors.TryGet<ConversationRegion>(out var region) && actors.TryGet<TopicHubs>(out var topics) && actors.TryGet<PresenceNode>(out var presence)
            ? new SessionServices(region, topics, presence, conversation, tokens, revocations, auth.Value.ClockSkew, limits.Value, logger)
            : null;
}
