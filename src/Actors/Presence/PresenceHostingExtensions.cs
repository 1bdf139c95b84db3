using Akka;
using Akka.Actor;
using Akka.Hosting;

namespace QuikApp.Actors.Presence;

/// <summary>Wires presence into an actor system; hosts and tests share it. Comes before what makes the topic hubs.</summary>
internal static class PresenceHostingExtensions
{
    /// <summary>Longer than the replicator takes to tell the others, or to give one of them up.</summary>
    private static readonly TimeSpan RetirePatience = TimeSpan.FromSeconds(4);

    /// <summary>Adds the node's view of who is online, and what it says itself.</summary>
    public static AkkaConfigurationBuilder WithPresence(this AkkaConfigurationBuilder builder, PresenceServices services) =>
        builder.WithActors((system, registry) =>
        {
            var local = new LocalPresences(services.Options.LeaveGrace);
            var view = system.ActorOf(Props.Create(() => new PresenceView(services)), "presence-view");
            var node = system.ActorOf(Props.Create(() => new PresenceNode(view, local, services)), "presence");
            registry.Register<PresenceView>(view);
            registry.Register<PresenceNode>(node);
            CoordinatedShutdown.Get(system).AddTask(
                CoordinatedShutdown.PhaseBeforeClusterShutdown,
                "presence-retire",
                () => node.Ask<Done>(PresenceMessages.Retire.Instance, RetirePatience));
        });
}
