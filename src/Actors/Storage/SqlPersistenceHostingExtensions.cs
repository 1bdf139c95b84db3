using System.Data.Common;
using Akka.Configuration;
using Akka.Hosting;
using Akka.Persistence.Sql;
using Akka.Persistence.Sql.Config;
using LinqToDB;
using QuikApp.Actors.Storage.Journal;
using QuikApp.Actors.Storage.Sqlite;

namespace QuikApp.Actors.Storage;

/// <summary>Sets Akka.Persistence up on our databases.</summary>
internal static class SqlPersistenceHostingExtensions
{
    private const string SettingsResource = "hocon/sqlite.conf";

    private static readonly string[] Plugins =
        [SqlPersistence.JournalConfigPath, SqlPersistence.QueryConfigPath, SqlPersistence.SnapshotStoreConfigPath];

    /// <summary>Journal, snapshots and queries on the SQLite database <paramref name="journal"/>, which outlives the actor system.</summary>
    public static AkkaConfigurationBuilder WithSqlPersistence(
        this AkkaConfigurationBuilder builder, SqliteDatabase journal, SqliteOptions options, TimeProvider time, StorageMetrics metrics)
    {
        var data = DataOptionsFor(journal.Source);
        var perPlugin = new MultiDataOptionsSetup();
        foreach (var plugin in Plugins)
            perPlugin.AddDataOptions(plugin, data);
        builder.AddSetup(perPlugin);
        builder.AddSetup(SqliteJournal.Setup(journal, options, time, metrics));
        return builder
            .WithCustomSerializer("quikapp-record", [typeof(JournalEntry)], static system => new JournalEntrySerializer(system))
            .AddHocon(Settings(), HoconAddMode.Prepend)
            .AddHocon(SqlPersistence.DefaultConfiguration, HoconAddMode.Append);
    }

    /// <summary>How Akka.Persistence.Sql reaches the database. The settings go with the options: they are per connection, and interceptors added later do not reach clones.</summary>
    internal static DataOptions DataOptionsFor(SqliteDataSource source) =>
        new DataOptions()
            .UseConnectionString(ProviderName.SQLiteMS, source.PooledConnectionString)
            .UseAfterConnectionOpened(source.Configure, (connection, _) => Configure(source, connection));

    private static Task Configure(SqliteDataSource source, DbConnection connection)
    {
        source.Configure(connection);
        return Task.CompletedTask;
    }

    private static Config Settings()
    {
        var assembly = typeof(SqlPersistenceHostingExtensions).Assembly;
        using var stream = assembly.GetManifestResourceStream(SettingsResource)
            ?? throw new InvalidOperationException($"{SettingsResource} is missing from {assembly.GetName().Name}");
        using var reader = new StreamReader(stream);
        return ConfigurationFactory.ParseString(reader.ReadToEnd());
    }
}
