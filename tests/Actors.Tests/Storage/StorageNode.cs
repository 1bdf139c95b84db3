using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using QuikApp.Actors.Storage;
using QuikApp.Actors.Storage.Conversations;
using QuikApp.Actors.Storage.Sqlite;

namespace QuikApp.Actors.Tests.Storage;

/// <summary>An actor system on a real SQLite file, set up as the product sets it up.</summary>
internal sealed class StorageNode : IAsyncDisposable
{
    /// <summary>How long a test waits for what comes at once on a machine that is not overloaded.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ServiceProvider _services;
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _counts = new();

    private StorageNode(SqliteOptions options)
    {
        Options = options;
        Database = SqliteDatabase.OpenJournal(options);
        var metrics = new StorageMetrics();
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
            .AddAkka("storage", (akka, _) => akka.WithSqlPersistence(Database, options, TimeProvider.System, metrics))
            .BuildServiceProvider();
        System = _services.GetRequiredService<ActorSystem>();
        Store = new SqliteConversationStore(Database, options);
    }

    public SqliteOptions Options { get; }

    public SqliteDatabase Database { get; }

    public ActorSystem System { get; }

    public SqliteConversationStore Store { get; }

    public long Commits => _counts.GetValueOrDefault("quikapp.journal.commits");

    public long Rows => _counts.GetValueOrDefault("quikapp.journal.rows");

    public static StorageNode Start(string directory) => new(new SqliteOptions { DataDirectory = directory });

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
        Database.Dispose();
        _listener.Dispose();
    }
}
