using QuikApp.Host.Health;

namespace QuikApp.Host.Authentication.Revocations;

/// <summary>Puts revocation into the container.</summary>
internal static class RevocationRegistration
{
    /// <summary>Adds revocation, its reading of the table, and its part of readiness.</summary>
    public static IServiceCollection AddQuikAppRevocation(this IServiceCollection services)
    {
        services.AddSingleton<TokenRevocations>();
        services.AddSingleton<IRevocations>(p => p.GetRequiredService<TokenRevocations>());
        services.AddHostedService<RevocationWatch>();
        services.AddHealthChecks().AddCheck<RevocationCheck>(
            "revocations", tags: [HealthEndpoints.ReadyTag], timeout: HealthEndpoints.CheckTimeout);
        return services;
    }
}
