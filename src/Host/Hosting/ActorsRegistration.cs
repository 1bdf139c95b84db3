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
using QuikApp.Host.Configuration;
using ClusterOptions = QuikApp.Host.Configuration.ClusterOptions;
using LogLevel = Akka.Event.LogLevel;

namespace QuikApp.Host.Hosting;

/// <summary>Puts the actor system into the container: cluster, conversations, presence, and their delivery.</summary>
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
                .WithRemoting(Remote(cluster, provider))
                .WithClustering(Clustering(cluster))
                .WithStrangersHold(provider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping)
                .WithStorage(provider)
                .WithPresence(provider.GetRequiredService<PresenceServices>())
                .WithConversations(conversations)
                .WithLongPoll(provider.GetRequiredService<LongPoll.LongPollServices>())
                .AddStartup((system, _) =>
                {
                    provider.GetRequiredService<NodeEnd>().Watch(system);
                    // Alone: nobody else would let it in.
                    if (cluster.SeedNodes.Count == 0)
                        Cluster.Get(system).Join(Cluster.Get(system).SelfAddress);
                });
        });
        services.AddSingleton<ExitStatus>();
        services.AddSingleton<NodeEnd>();
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

    private static RemoteOptions Remote(ClusterOptions cluster, IServiceProvider provider)
    {
        var remote = new RemoteOptions { PublicHostName = cluster.Hostname, HostName = cluster.Hostname, Port = cluster.Port };
        if (!string.IsNullOrEmpty(cluster.BindHostname))
            remote.HostName = cluster.BindHostname;
        if (cluster.Tls.IsOn)
            ClusterTlsFiles.Read(cluster.Tls, provider.GetRequiredService<IHostEnvironment>().ContentRootPath).Apply(remote);
        return remote;
    }

    private static Akka.Cluster.Hosting.ClusterOptions Clustering(ClusterOptions cluster) => new()
    {
        // New conversations go to nodes of the newest release, and none moves while releases differ.
        AppVersion = typeof(ActorsRegistration).Assembly.GetName().Version!.ToString(3),
        SeedNodes = [.. cluster.SeedNodes.Select(seed => $"{(cluster.Tls.IsOn ? "akka.ssl.tcp" : "akka.tcp")}://{SystemName}@{seed}")],
    };
}
