using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using QuikApp.Host.Configuration;

namespace QuikApp.Host.Authentication;

/// <summary>Puts authentication into the container.</summary>
internal static class AuthenticationExtensions
{
    /// <summary>
    /// Adds <see cref="RequestAuthenticator"/>, <see cref="TokenValidator"/>, <see cref="TokenIssuer"/> and the bearer scheme of
    /// the HTTP API, their options checked at start.
    /// </summary>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddQuikAppAuthentication(this IServiceCollection services)
    {
        services.AddQuikAppOptions<AuthOptions>(AuthOptions.SectionName);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AuthOptions>, AuthOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<AuthOptions>, AuthDevelopmentSetup>());

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SigningKeyRing>();
        services.TryAddSingleton<TokenIssuer>();
        services.TryAddSingleton<TokenValidator>();
        services.TryAddSingleton<AuthenticationAudit>();
        services.TryAddSingleton<RequestAuthenticator>();
        services.TryAddSingleton(MakeKeys);
        services.AddHostedService(provider => new KeyRefresher(
            new Lazy<IVerificationKeys>(provider.GetRequiredService<IVerificationKeys>),
            provider.GetRequiredService<IOptions<AuthOptions>>(),
            provider.GetRequiredService<TimeProvider>()));

        services.AddAuthentication(BearerHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(BearerHandler.SchemeName, configureOptions: null);
        return services;
    }

    private static IVerificationKeys MakeKeys(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<AuthOptions>>().Value;
        if (options.Authority is not { } authority)
            return new ConfiguredKeys(provider.GetRequiredService<SigningKeyRing>().Keys);

        var isDevelopment = provider.GetRequiredService<IHostEnvironment>().IsDevelopment();
        var address = KeySetAddress.TryParse(authority, isDevelopment, out var problem)
            ?? throw new InvalidOperationException($"Auth:Authority {problem}");
        var time = provider.GetRequiredService<TimeProvider>();
        return new PublishedKeys(
            new KeySetRetriever(address, options.Issuer, time), time, provider.GetRequiredService<ILogger<PublishedKeys>>());
    }
}
