using System.Data.Common;
using Akka.Configuration;
using Akka.Hosting;
using Akka.Persistence;
using Akka.Persistence.Sql;
using Akka.Persistence.Sql.Config;
using LinqToDB;
using LinqToDB.DataProvider.PostgreSQL;
using Npgsql;
using QuikApp.Actors.Storage.Journal;
using QuikApp.Actors.Storage.Postgres;
using QuikApp.Actors.Storage.Sqlite;

namespace QuikApp.Actors.Storage;

/// <summary>Sets Akka.Persistence up on our databases.</summary>
internal static class SqlPersistenceHostingExtensions
{
    private static readonly string[] Plugins =
        [SqlPersistence.JournalConfigPath, SqlPersistence.QueryConfigPath, SqlPersistence.SnapshotStoreConfigPath];

    /// <summary>Journal, snapshots and queries on the SQLite database <paramref name="journal"/>, which outlives the actor system.</summary>
    public static AkkaConfigurationBuilder WithSqlPersistence(
        this AkkaConfigurationBuilder builder, SqliteDatabase journal, SqliteOptions options, TimeProvider time, StorageMetrics metrics)
    {
        return builder.WithSqlPersistence(DataOptionsFor(journal.Source), SqliteJournal.Setup(journal, options, time, metrics), "hocon/sqlite.conf");
    }

    /// <summary>Journal, snapshots and queries on PostgreSQL; <paramref name="database"/> outlives the actor system.</summary>
    public static AkkaConfigurationBuilder WithSqlPersistence(
        this AkkaConfigurationBuilder builder, PostgresDatabase database, PostgresOptions options, TimeProvider time, StorageMetrics metrics) =>
        builder.WithSqlPersistence(DataOptionsFor(database.Journal), PostgresJournal.Setup(database, options, time, metrics), "hocon/postgresql.conf");

    /// <summary>How Akka.Persistence.Sql reaches PostgreSQL: by the node's pool.</summary>
    internal static DataOptions DataOptionsFor(NpgsqlDataSource source) =>
        new DataOptions().UseProvider(ProviderName.PostgreSQL15).UseConnectionFactory(PostgreSQLTools.GetDataProvider(PostgreSQLVersion.v15), _ => source.CreateConnection());

    /// <summary>How Akka.Persistence.Sql reaches the database. The settings go with the options: they are per connection, and interceptors added later do not reach clones.</summary>
    internal static DataOptions DataOptionsFor(SqliteDataSource source) =>
        new DataOptions()
            .UseConnectionString(ProviderName.SQLiteMS, source.PooledConnectionString)
            .UseAfterConnectionOpened(source.Configure, (connection, _) => Configure(source, connection));

    private static AkkaConfigurationBuilder WithSqlPersistence(this AkkaConfigurationBuilder builder, DataOptions data, JournalSetup setup, string settings)
    {
        var perPlugin = new MultiDataOptionsSetup();
        foreach (var plugin in Plugins)
            perPlugin.AddDataOptions(plugin, data);
        builder.AddSetup(perPlugin);
        builder.AddSetup(setup);
        return builder
            .WithCustomSerializer("quikapp-record", [typeof(JournalEntry)], static system => new JournalEntrySerializer(system))
            .AddHocon(Settings(settings), HoconAddMode.Prepend)
            .AddHocon(SqlPersistence.DefaultConfiguration, HoconAddMode.Append)
            // The journal hears of nodes that are lost before this one loads anything of theirs.
            .AddStartup((system, _) => Persistence.Instance.Apply(system));
    }

    private static Task Configure(SqliteDataSource source, DbConnection connection)
    {
        source.Configure(connection);
        return Task.CompletedTask;
    }

    private static Config Settings(string resource)
    {
        var assembly = typeof(SqlPersistenceHostingExtensions).Assembly;
        using var stream = assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{resource} is missing from {assembly.GetName().Name}");
        using var reader = new StreamReader(stream);
        return ConfigurationFactory.ParseString(reader.ReadToEnd());
    }
}
