using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using QuikApp.Actors.Storage.Keys;
using QuikApp.Host.Configuration;

namespace QuikApp.Host.Secrets;

/// <summary>Puts the key-encryption key into the container.</summary>
internal static class SecretsExtensions
{
    /// <summary>Adds <see cref="KeyEncryptionKey"/>, checked at start, and the place of the node's own files.</summary>
    public static IServiceCollection AddQuikAppSecrets(this IServiceCollection services)
    {
        services.AddQuikAppOptions<KeyOptions>(KeyOptions.SectionName);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<KeyOptions>, KeyOptionsValidator>());
        services.TryAddSingleton(provider => new KeyEncryptionKey(EncryptionKeySource.Load(
            provider.GetRequiredService<IOptions<KeyOptions>>().Value,
            provider.GetRequiredService<IHostEnvironment>(),
            provider.GetRequiredService<DataDirectory>())));
        return services;
    }
}
