using Microsoft.Extensions.Options;

namespace QuikApp.Host.Authentication;

/// <summary>Names issuer and audience for a newcomer's server. Production must name its own.</summary>
internal sealed class AuthDevelopmentSetup(IHostEnvironment environment) : IPostConfigureOptions<AuthOptions>
{
    /// <inheritdoc/>
    public void PostConfigure(string? name, AuthOptions options)
    {
        if (!environment.IsDevelopment() || options.Authority is not null)
            return;

        if (options.Issuer.Length == 0)
            options.Issuer = AuthDefaults.DevelopmentIssuer;
        if (options.Audience.Length == 0)
            options.Audience = AuthDefaults.DevelopmentAudience;
    }
}
