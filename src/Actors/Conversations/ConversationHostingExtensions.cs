using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using QuikApp.Actors.Access;
using QuikApp.Actors.Delivery;
using QuikApp.Actors.Presence;
using QuikApp.Actors.Relays;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Conversations;

/// <summary>Wires conversations and their delivery into an actor system; hosts and tests share it.</summary>
internal static class ConversationHostingExtensions
{
    /// <summary>Adds the shard region of conversations and the node's topic hubs; those of presence need <c>WithPresence</c> before.</summary>
    public static AkkaConfigurationBuilder WithConversations(this AkkaConfigurationBuilder builder, ConversationServices services) =>
        builder
            .WithShardRegion<ConversationRegion>(
                "conversation",
                entityId => Props.Create(() => new ConversationActor(StreamId.Parse(entityId), services)),
                new ConversationExtractor(),
                new ShardOptions
                {
                    StateStoreMode = StateStoreMode.DData,
                    RememberEntities = false,
                    HandOffStopMessage = ConversationMessages.Stop.Instance,
                    ShouldPassivateIdleEntities = true,
                    PassivateIdleEntityAfter = services.Options.PassivateAfter,
                })
            .WithActors((system, registry) =>
            {
                var region = registry.Get<ConversationRegion>();
                var settlement = system.ActorOf(Props.Create(() => new RelaySettlement(services.Relays)), "settlement");
                var presenceNode = registry.TryGet<PresenceNode>(out var node) ? node : ActorRefs.Nobody;
                var presenceView = registry.TryGet<PresenceView>(out var view) ? view : ActorRefs.Nobody;
                services.Attach(region, settlement, presenceNode);
                system.ActorOf(Props.Create(() => new ReplicaKeeper(services.Replicas, region)), "replicas");
                system.ActorOf(Props.Create(() => new RelaySweeper(services, region)), "sweeper");
                registry.Register<TopicHubs>(system.ActorOf(Props.Create(() => new TopicHubs(region, presenceNode, presenceView, services)), "topics"));
            });

    private sealed class ConversationExtractor() : HashCodeMessageExtractor(ConversationRegion.Shards)
    {
        public override string? EntityId(object message) =>
            (message as ConversationMessages.IForConversation)?.Stream.Value;
    }
}
