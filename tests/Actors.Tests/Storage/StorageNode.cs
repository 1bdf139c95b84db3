using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics.Metrics;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using QuikApp.Actors.Storage;
using QuikApp.Actors.Storage.Conversations;
using QuikApp.Actors.Storage.Journal;
using QuikApp.Actors.Storage.Postgres;
using QuikApp.Actors.Storage.Sqlite;

namespace QuikApp.Actors.Tests.Storage;

/// <summary>An actor system on a real database, set up as the product sets it up.</summary>
internal sealed class StorageNode : IAsyncDisposable
{
    /// <summary>How long a test waits for what comes at once on a machine that is not overloaded.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ServiceProvider _services;
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _counts = new();

    private readonly IDisposable _database;

    private StorageNode(IDisposable database, DbDataSource source, SqlConversationStore store, Func<StorageMetrics, JournalSetup> setup, Action<AkkaConfigurationBuilder, StorageMetrics> persistence)
    {
        _database = database;
        Source = source;
        Store = store;
        var metrics = new StorageMetrics();
        Setup = setup(metrics);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument, metrics.Commits) || ReferenceEquals(instrument, metrics.Rows) || ReferenceEquals(instrument, metrics.Failures))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => _counts.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        _listener.Start();
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(metrics)
            .AddAkka("storage", (akka, _) => persistence(akka, metrics))
            .BuildServiceProvider();
        System = _services.GetRequiredService<ActorSystem>();
    }

    public SqliteOptions Options { get; private init; } = null!;

    public SqliteDatabase Database => (SqliteDatabase)_database;

    public DbDataSource Source { get; }

    public JournalSetup Setup { get; }

    public ActorSystem System { get; }

    public SqlConversationStore Store { get; }

    public long Commits => _counts.GetValueOrDefault("quikapp.journal.commits");

    public long Rows => _counts.GetValueOrDefault("quikapp.journal.rows");

    public static StorageNode Start(string directory)
    {
        var options = new SqliteOptions { DataDirectory = directory };
        var database = SqliteDatabase.OpenJournal(options);
        return new(
            database,
            database.Source,
            new SqliteConversationStore(database, options),
            metrics => SqliteJournal.Setup(database, options, TimeProvider.System, metrics),
            (akka, metrics) => akka.WithSqlPersistence(database, options, TimeProvider.System, metrics))
        {
            Options = options,
        };
    }

    public static StorageNode Start(PostgresOptions options)
    {
        var database = PostgresDatabase.Open(options);
        return new(
            database,
            database.Journal,
            new PostgresConversationStore(database, options),
            metrics => PostgresJournal.Setup(database, options, TimeProvider.System, metrics),
            (akka, metrics) => akka.WithSqlPersistence(database, options, TimeProvider.System, metrics));
    }

    /// <summary>Starts a persistent actor and waits for its recovery; returns it with what it replayed.</summary>
    public async Task<(IActorRef Actor, IReadOnlyList<object> Replayed)> Recover(string persistenceId)
    {
        var recovered = new TaskCompletionSource<IReadOnlyList<object>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = System.ActorOf(Props.Create(() => new EntryActor(persistenceId, recovered)));
        return (actor, await recovered.Task.WaitAsync(StorageNode.Patience));
    }

    public async ValueTask DisposeAsync()
    {
        await System.Terminate();
        await _services.DisposeAsync();
        Store.Dispose();
        _database.Dispose();
        _listener.Dispose();
    }
}
