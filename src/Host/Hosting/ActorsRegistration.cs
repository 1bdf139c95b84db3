using Akka.Cluster;
using Akka.Cluster.Hosting;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Akka.Streams;
using Microsoft.Extensions.Options;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Hosting;
using QuikApp.Actors.Presence;
using QuikApp.Actors.Storage;
using ClusterOptions = QuikApp.Host.Configuration.ClusterOptions;
using LogLevel = Akka.Event.LogLevel;

namespace QuikApp.Host.Hosting;

/// <summary>Puts the actor system into the container: a cluster of this one node, conversations, presence, and their delivery.</summary>
internal static class ActorsRegistration
{
    private const string SystemName = "quikapp";

    /// <summary>Adds the actor system and a materializer for the sockets' streams.</summary>
    public static IServiceCollection AddQuikAppActors(this IServiceCollection services)
    {
        services.AddAkka(SystemName, (akka, provider) =>
        {
            var cluster = provider.GetRequiredService<IOptions<ClusterOptions>>().Value;
            var conversations = provider.GetRequiredService<ConversationServices>();
            akka
                .ConfigureLoggers(loggers =>
                {
                    loggers.ClearLoggers();
                    loggers.AddLoggerFactory();
                    loggers.LogLevel = LogLevel.InfoLevel;
                })
                .WithQuikAppDefaults(conversations.Keys)
                .WithRemoting(new RemoteOptions { HostName = cluster.Hostname, Port = cluster.Port })
                .WithClustering(new Akka.Cluster.Hosting.ClusterOptions())
                .WithStorage(provider)
                .WithPresence(provider.GetRequiredService<PresenceServices>())
                .WithConversations(conversations)
                .WithLongPoll(provider.GetRequiredService<LongPoll.LongPollServices>())
                // Alone: nobody else would let it in.
                .AddStartup((system, _) => Cluster.Get(system).Join(Cluster.Get(system).SelfAddress));
        });
        services.AddSingleton<IWorkspaceAccess, WorkspaceMembers>();
        services.AddSingleton<IStatusSource, StatusReader>();
        services.AddSingleton<IPresences, Presences>();
        services.AddSingleton(p => new PresenceServices(
            p.GetRequiredService<IWorkspaceAccess>(),
            p.GetRequiredService<IStatusSource>(),
            p.GetRequiredService<IOptions<PresenceOptions>>().Value,
            p.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IMaterializer>(p => p.GetRequiredService<Akka.Actor.ActorSystem>().Materializer());
        return services;
    }

    private static AkkaConfigurationBuilder WithStorage(this AkkaConfigurationBuilder akka, IServiceProvider provider)
    {
        provider.GetRequiredService<IStorageBackend>().AddPersistence(akka, provider.GetRequiredService<StorageMetrics>());
        return akka;
    }
}
