using Microsoft.Extensions.Options;
using QuikApp.Actors.Access;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Relays;
using QuikApp.Actors.Storage;
using QuikApp.Actors.Storage.Conversations;
using QuikApp.Actors.Storage.Keys;
using QuikApp.Actors.Storage.Revocations;
using QuikApp.Actors.Storage.Sqlite;
using QuikApp.Host.Configuration;
using QuikApp.Protocol.Journal;

namespace QuikApp.Host.Hosting;

/// <summary>Puts the database and what reads it into the container. Nothing is opened before it is first asked for.</summary>
internal static class StorageRegistration
{
    /// <summary>Adds the journal, the key store and what conversations share.</summary>
    public static IServiceCollection AddQuikAppStorage(this IServiceCollection services)
    {
        services.AddSingleton(BackendOf);
        services.AddSingleton<StorageMetrics>();
        services.AddSingleton(p => p.GetRequiredService<IStorageBackend>().Conversations());
        services.AddSingleton<IConversationStore>(p => p.GetRequiredService<SqlConversationStore>());
        services.AddSingleton<IRelayStore>(p => p.GetRequiredService<SqlConversationStore>());
        services.AddSingleton<IRevocationStore>(p => p.GetRequiredService<IStorageBackend>().Revocations());
        services.AddSingleton<IKeyStore>(p => p.GetRequiredService<IStorageBackend>().Keys(p.GetRequiredService<KeyEncryptionKey>()));
        services.AddSingleton(p =>
        {
            var limits = p.GetRequiredService<IOptions<LimitOptions>>().Value;
            return new SendLimits(limits.SendBurst, limits.SendsPerSecond);
        });
        services.AddSingleton(p => new ConversationServices(
            p.GetRequiredService<IConversationStore>(),
            p.GetRequiredService<IRelayStore>(),
            p.GetRequiredService<IKeyStore>(),
            p.GetRequiredService<IAccessSource>(),
            CryptoRecordRandom.Instance,
            p.GetRequiredService<SendLimits>(),
            p.GetRequiredService<IOptions<ConversationOptions>>().Value,
            p.GetRequiredService<TimeProvider>()));
        return services;
    }

    private static IStorageBackend BackendOf(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<StorageOptions>>().Value;
        var environment = provider.GetRequiredService<IHostEnvironment>();
        var time = provider.GetRequiredService<TimeProvider>();
        if (options.Provider == StorageProvider.Postgresql)
            return new PostgresBackend(options.Postgres(), environment.IsDevelopment(), time, provider.GetRequiredService<ILogger<PostgresBackend>>());

        var file = options.SqliteFile(environment.ContentRootPath);
        return new SqliteBackend(new SqliteOptions { DataDirectory = Path.GetDirectoryName(file)!, JournalFile = Path.GetFileName(file) }, time);
    }
}
