using Microsoft.Extensions.Options;
using QuikApp.Actors.Access;
using QuikApp.Host.Configuration;

namespace QuikApp.Host.Access;

/// <summary>Puts the source of access into the container.</summary>
internal static class AccessRegistration
{
    private const int MaxHeaderKilobytes = 16;

    /// <summary>Adds the source that the configuration names.</summary>
    public static IServiceCollection AddQuikAppAccess(this IServiceCollection services)
    {
        services.AddQuikAppOptions<AccessOptions, AccessOptionsValidator>(AccessOptions.SectionName);
        services.AddHttpClient(MembershipDirectory.ClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            // Its own loggers write addresses and, at the finest level, headers.
            .RemoveAllLoggers()
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                // A redirect would take the secret, and the word on who belongs, to somebody else.
                AllowAutoRedirect = false,
                UseCookies = false,
                MaxResponseHeadersLength = MaxHeaderKilobytes,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            });
        services.AddSingleton<MembershipDirectory>();
        services.AddSingleton<IAccessSource>(p => p.GetRequiredService<IOptions<AccessOptions>>().Value.Source switch
        {
            AccessSource.Claims => new ClaimsAccess(),
            AccessSource.Journal => new JournalAccess(),
            AccessSource.Callback => ActivatorUtilities.CreateInstance<CallbackAccess>(p),
            var unknown => throw new InvalidOperationException($"no such source of access: {unknown}"),
        });
        return services;
    }
}
