using Akka;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Hosting;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using QuikApp.Actors.Access;
using QuikApp.Actors.Delivery;
using QuikApp.Actors.Hosting;
using QuikApp.Actors.Presence;
using QuikApp.Actors.Relays;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Conversations;

/// <summary>Wires conversations and their delivery into an actor system; hosts and tests share it.</summary>
internal static class ConversationHostingExtensions
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(3);

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
                services.Attach(region, settlement, presenceNode, Majority.Of(Cluster.Get(system), services.Time));
                var replicas = system.ActorOf(Props.Create(() => new ReplicaKeeper(services.Replicas, region)), "replicas");
                var sweeper = system.ActorOf(Props.Create(() => new RelaySweeper(services, region)), "sweeper");
                var hubs = system.ActorOf(Props.Create(() => new TopicHubs(region, presenceNode, presenceView, services)), "topics");
                registry.Register<TopicHubs>(hubs);

                // What they still ask of conversations that are being stopped would hold the region up until it gives up.
                CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseServiceStop, "conversation-clients", async () =>
                {
                    await Task.WhenAll(new[] { hubs, replicas, sweeper }.Select(actor => actor.GracefulStop(StopPatience)));
                    return Done.Instance;
                });
            });

    private sealed class ConversationExtractor() : HashCodeMessageExtractor(ConversationRegion.Shards)
    {
        public override string? EntityId(object message) =>
            (message as ConversationMessages.IForConversation)?.Stream.Value;
    }
}
