using Akka.Hosting;
using Microsoft.Extensions.Options;
using QuikApp.Actors.LongPoll;
using QuikApp.Host.Configuration;
using QuikApp.Host.LongPoll;
using QuikApp.Host.Sessions;
using QuikApp.Host.Sockets;

namespace QuikApp.Host.Hosting;

/// <summary>Puts long poll into the container.</summary>
internal static class LongPollRegistration
{
    /// <summary>Adds the long-poll endpoint and what it needs; sessions and authentication must be there.</summary>
    public static IServiceCollection AddQuikAppLongPoll(this IServiceCollection services)
    {
        services.AddQuikAppOptions<LongPollOptions>(LongPollOptions.SectionName);
        services.AddSingleton(p => new LongPollServices(
            p.GetRequiredService<SessionRegistry>(),
            p.GetRequiredService<IOptions<LongPollOptions>>().Value,
            p.GetRequiredService<IOptions<SocketOptions>>().Value));
        services.AddSingleton<PollTokens>();
        services.AddSingleton<LongPollRouter>();
        services.AddSingleton<LongPollEndpoint>();
        return services;
    }

    /// <summary>Adds the actor above the node's sessions.</summary>
    public static AkkaConfigurationBuilder WithLongPoll(this AkkaConfigurationBuilder builder, LongPollServices services) =>
        builder.WithActors((system, registry) => registry.Register<LongPollSessions>(
            system.ActorOf(Akka.Actor.Props.Create(() => new LongPollSessions(services)), LongPollMessages.ActorName)));

    /// <summary>Maps <c>/socket/longpoll</c>, which stock clients append to <c>/socket</c>.</summary>
    public static void MapQuikAppLongPoll(this IEndpointRouteBuilder endpoints) =>
        endpoints.Map(SocketPaths.LongPoll, endpoints.ServiceProvider.GetRequiredService<LongPollEndpoint>().Handle);
}
