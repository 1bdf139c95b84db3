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

/// <summary>Puts the databases and what reads them into the container. Nothing is opened before it is first asked for.</summary>
internal static class StorageRegistration
{
    private const string Journal = "journal";
    private const string Keys = "keys";

    /// <summary>Adds the journal, the key store and what conversations share.</summary>
    public static IServiceCollection AddQuikAppStorage(this IServiceCollection services)
    {
        services.AddSingleton(OptionsOf);
        services.AddKeyedSingleton(Journal, (p, _) => OpenJournal(p));
        services.AddKeyedSingleton(Keys, (p, _) => SqliteDatabase.OpenKeys(p.GetRequiredService<SqliteOptions>()));
        services.AddSingleton<StorageMetrics>();
        services.AddSingleton(p => new SqliteConversationStore(p.JournalDatabase(), p.GetRequiredService<SqliteOptions>()));
        services.AddSingleton<IConversationStore>(p => p.GetRequiredService<SqliteConversationStore>());
        services.AddSingleton<IRelayStore>(p => p.GetRequiredService<SqliteConversationStore>());
        services.AddSingleton<IRevocationStore>(p =>
            new SqliteRevocationStore(p.JournalDatabase(), p.GetRequiredService<SqliteOptions>()));
        services.AddSingleton<IKeyStore>(p => new SqliteKeyStore(
            p.GetRequiredKeyedService<SqliteDatabase>(Keys),
            p.GetRequiredService<KeyEncryptionKey>(),
            p.GetRequiredService<SqliteOptions>(),
            p.GetRequiredService<TimeProvider>()));
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

    /// <summary>The journal's database.</summary>
    public static SqliteDatabase JournalDatabase(this IServiceProvider provider) =>
        provider.GetRequiredKeyedService<SqliteDatabase>(Journal);

    // The keys are made first: a journal without them is one whose keys were lost, and starting would only hide it.
    private static SqliteDatabase OpenJournal(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<SqliteOptions>();
        var keys = Path.Combine(options.DataDirectory, options.KeyFile);
        if (File.Exists(Path.Combine(options.DataDirectory, options.JournalFile)) && !File.Exists(keys))
            throw new StorageRefusedException($"the journal's key store {keys} is missing: without it nothing in the journal can be read; restore it from the same backup");
        _ = provider.GetRequiredKeyedService<SqliteDatabase>(Keys);
        return SqliteDatabase.OpenJournal(options);
    }

    private static SqliteOptions OptionsOf(IServiceProvider provider)
    {
        var file = provider.GetRequiredService<IOptions<StorageOptions>>().Value
            .SqliteFile(provider.GetRequiredService<IHostEnvironment>().ContentRootPath);
        return new SqliteOptions { DataDirectory = Path.GetDirectoryName(file)!, JournalFile = Path.GetFileName(file) };
    }
}
