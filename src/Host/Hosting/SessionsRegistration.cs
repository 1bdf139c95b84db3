using Microsoft.Extensions.Options;
using QuikApp.Host.Configuration;
using QuikApp.Host.Sessions;
using QuikApp.Host.Sockets;

namespace QuikApp.Host.Hosting;

/// <summary>Puts sockets and their sessions into the container.</summary>
internal static class SessionsRegistration
{
    /// <summary>Adds the socket endpoints and everything a socket needs.</summary>
    public static IServiceCollection AddQuikAppSessions(this IServiceCollection services)
    {
        services.AddQuikAppOptions<SocketOptions>(SocketOptions.SectionName);
        services.AddSingleton<LiveSockets>();
        services.AddHostedService<ConnectionSweeper>();
        services.AddSingleton(p => new SessionRegistry(p.GetRequiredService<IOptions<LimitOptions>>().Value.SocketsPerUser));
        services.AddSingleton(p => new OriginPolicy(p.GetRequiredService<IOptions<HttpOptions>>().Value.AllowedOrigins));
        services.AddSingleton(p =>
        {
            var limits = p.GetRequiredService<IOptions<LimitOptions>>().Value;
            return new HandshakeLimits(limits.HandshakeBurst, limits.HandshakesPerSecond);
        });
        services.AddSingleton<SessionServicesSource>();
        services.AddSingleton<SessionAdmission>();
        services.AddSingleton<SocketEndpoint>();
        services.AddSingleton<SocketDrain>();
        services.AddHostedService<DrainOnStop>();
        return services;
    }

    /// <summary>Maps <see cref="SocketPaths"/>.</summary>
    public static void MapQuikAppSockets(this IEndpointRouteBuilder endpoints)
    {
        var endpoint = endpoints.ServiceProvider.GetRequiredService<SocketEndpoint>();
        foreach (var (_, path, _) in SocketPaths.All)
            endpoints.Map(path, endpoint.Handle);
    }
}
