using Microsoft.Extensions.Options;

namespace QuikApp.Host.Configuration;

/// <summary>A section of the configuration and the options that are bound to it.</summary>
internal abstract record OptionsSection(string Name, KeyShape Shape)
{
    /// <summary>Binds and validates a fresh instance.</summary>
    /// <exception cref="OptionsValidationException">The values break a rule.</exception>
    public abstract object Create(IServiceProvider services);
}

/// <inheritdoc/>
internal sealed record OptionsSection<T>(string Name, KeyShape Shape) : OptionsSection(Name, Shape)
    where T : class
{
    /// <inheritdoc/>
    public override object Create(IServiceProvider services) =>
        services.GetRequiredService<IOptionsFactory<T>>().Create(Options.DefaultName);
}
