using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics.Metrics;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Hosting;
using Akka.Event;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using QuikApp.Actors.Access;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Delivery;
using QuikApp.Actors.Hosting;
using QuikApp.Actors.Storage;
using QuikApp.Actors.Storage.Conversations;
using QuikApp.Actors.Storage.Journal;
using QuikApp.Actors.Storage.Keys;
using QuikApp.Actors.Storage.Sqlite;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Journal;
using LogLevel = Akka.Event.LogLevel;

namespace QuikApp.Actors.Tests.Conversations;

/// <summary>
/// One node as the host sets it up: a cluster of one, conversations and their delivery, journal and keys in real files.
/// Ends as a crash does, without leaving the cluster: what a test starts afterwards finds the files alone.
/// </summary>
internal sealed class ConversationNode : IAsyncDisposable
{
    /// <summary>How long a test waits for what comes at once on a machine that is not overloaded.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // A cluster forms in the time of these intervals; nothing that is tested depends on them.
    private const string Impatient = """
        akka.coordinated-shutdown.run-by-actor-system-terminate = off
        akka.cluster.gossip-interval = 50ms
        akka.cluster.leader-actions-interval = 50ms
        akka.cluster.periodic-tasks-initial-delay = 10ms
        akka.cluster.singleton.hand-over-retry-interval = 100ms
        akka.cluster.sharding.retry-interval = 100ms
        akka.cluster.distributed-data.gossip-interval = 50ms
        akka.log-dead-letters = off
        akka.stdout-loglevel = OFF
        """;

    private readonly ServiceProvider _provider;
    private readonly IHostedService[] _hosted;
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _counts = new();
    private readonly NodeStorage _storage;
    private readonly bool _ownsStorage;
    private readonly SendLimits _limits = new(1_000_000, 1_000_000);

    private ConversationNode(NodeStorage storage, bool ownsStorage, ConversationOptions options, Func<IKeyStore, IKeyStore> keys, ConversationNode? seed, string hocon = "")
    {
        (_storage, _ownsStorage) = (storage, ownsStorage);
        Services = new ConversationServices(
            storage.Store, storage.Store, keys(storage.Keys), new ClaimsAccess(), CryptoRecordRandom.Instance, _limits, options, TimeProvider.System);

        var metrics = new StorageMetrics();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument, metrics.Commits) || ReferenceEquals(instrument, metrics.Rows))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => _counts.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        _listener.Start();

        _provider = new ServiceCollection()
            .AddLogging()
            .AddSingleton(metrics)
            .AddSingleton<IHostApplicationLifetime, NoLifetime>()
            .AddAkka("quikapp", (akka, _) => akka
                .AddHocon(Impatient, HoconAddMode.Prepend)
                .ConfigureLoggers(loggers =>
                {
                    loggers.ClearLoggers();
                    loggers.LogLevel = LogLevel.ErrorLevel;
                })
                .WithQuikAppDefaults(storage.Keys)
                .AddHocon(hocon, HoconAddMode.Prepend)
                .WithRemoting(new RemoteOptions { HostName = "127.0.0.1", Port = 0 })
                .WithClustering(new ClusterOptions())
                .WithSqlPersistence(Database, storage.Options, TimeProvider.System, metrics)
                .AddSetup(Journal(storage, metrics))
                .WithConversations(Services)
                .AddStartup((system, _) => Cluster.Get(system).Join((seed is null ? Cluster.Get(system) : seed.Cluster).SelfAddress)))
            .BuildServiceProvider();
        _hosted = [.. _provider.GetServices<IHostedService>()];
    }

    public SqliteDatabase Database => _storage.Database;

    public ConversationServices Services { get; }

    public IConversationStore Store => _storage.Store;

    public ActorSystem System { get; private set; } = null!;

    public Cluster Cluster => Cluster.Get(System);

    /// <summary>The shard region of conversations.</summary>
    public IActorRef Region { get; private set; } = null!;

    /// <summary>The node's hubs.</summary>
    public IActorRef Hubs { get; private set; } = null!;

    /// <summary>Errors that were logged, as text.</summary>
    public Recording<string> Errors { get; } = new();

    /// <summary>Events committed so far.</summary>
    public long Rows => _counts.GetValueOrDefault("quikapp.journal.rows");

    public static async Task<ConversationNode> Start(
        string directory,
        Action<ConversationOptions>? configure = null,
        TimeSpan? busyTimeout = null,
        Func<IKeyStore, IKeyStore>? keys = null)
    {
        var sqlite = new SqliteOptions { DataDirectory = directory };
        if (busyTimeout is { } timeout)
            sqlite = sqlite with { BusyTimeout = timeout };
        return await Start(new ConversationNode(new NodeStorage(sqlite), ownsStorage: true, Options(configure), keys ?? (store => store), seed: null));
    }

    /// <summary>Starts a node of a cluster whose nodes share a storage.</summary>
    /// <param name="storage">Outlives the node.</param>
    /// <param name="seed">The node to join; null for the first.</param>
    /// <param name="configure">Changes options.</param>
    /// <param name="hocon">Settings of Akka that go before ours.</param>
    public static async Task<ConversationNode> Start(NodeStorage storage, ConversationNode? seed, Action<ConversationOptions>? configure = null, string hocon = "")
    {
        var node = await Start(new ConversationNode(storage, ownsStorage: false, Options(configure), store => store, seed, hocon));
        await Eventually(() => node.Cluster.SelfMember.Status == MemberStatus.Up);
        return node;
    }

    private static JournalSetup Journal(NodeStorage storage, StorageMetrics metrics)
    {
        var setup = SqliteJournal.Setup(storage.Database, storage.Options, TimeProvider.System, metrics);
        return storage.Fence is { } fence ? setup.With(fence) : setup;
    }

    private static ConversationOptions Options(Action<ConversationOptions>? configure)
    {
        var options = new ConversationOptions();
        configure?.Invoke(options);
        return options;
    }

    private static async Task<ConversationNode> Start(ConversationNode node)
    {
        foreach (var service in node._hosted)
            await service.StartAsync(CancellationToken.None);

        node.System = node._provider.GetRequiredService<ActorSystem>();
        node.System.EventStream.Subscribe(node.System.ActorOf(Props.Create(() => new ErrorRecorder(node.Errors))), typeof(Error));
        var registry = ActorRegistry.For(node.System);
        node.Region = await registry.GetAsync<ConversationRegion>().WaitAsync(Patience);
        node.Hubs = await registry.GetAsync<TopicHubs>().WaitAsync(Patience);
        return node;
    }

    /// <summary>A conversation of this node, by the id of its channel.</summary>
    public Room Room(string channel) => new(this, StreamId.Of(ChannelId.Parse(channel)));

    /// <summary>A conversation of this node.</summary>
    public Room Room(StreamId stream) => new(this, stream);

    /// <summary>Waits until nobody owes anybody anything.</summary>
    public Task NothingOwed() => Eventually(() => Query<long>("SELECT count(*) FROM relay") == 0);

    /// <summary>Changes the journal's database behind the product's back.</summary>
    public int Tamper(string sql, params (string Name, object Value)[] values)
    {
        using var connection = Database.Source.OpenConnection();
        using var command = Command(connection, sql, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>One value out of the journal's database.</summary>
    public T Query<T>(string sql, params (string Name, object Value)[] values)
    {
        using var connection = Database.Source.OpenConnection();
        using var command = Command(connection, sql, values);
        return (T)command.ExecuteScalar()!;
    }

    /// <summary>Waits until something holds.</summary>
    public static async Task Eventually(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!condition())
            await ticks.WaitForNextTickAsync(patience.Token);
    }

    /// <summary>Journal transactions since the node was started on an empty directory.</summary>
    public long Commits()
    {
        // The writer answers first and counts afterwards.
        Assert.True(SpinWait.SpinUntil(() => Rows == Query<long>("SELECT count(*) FROM journal"), Patience));
        return _counts.GetValueOrDefault("quikapp.journal.commits");
    }

    /// <summary>Takes the database's write lock: until it is disposed no write reaches the file.</summary>
    public IDisposable HoldWrites()
    {
        var connection = Database.Source.OpenConnection();
        // Microsoft.Data.Sqlite begins a transaction with the write lock.
        var transaction = connection.BeginTransaction();
        return new Held(connection, transaction);
    }

    /// <summary>Stops in good order, as the host does.</summary>
    public Task Leave() => CoordinatedShutdown.Get(System).Run(CoordinatedShutdown.ClrExitReason.Instance);

    /// <summary>Ends without a word.</summary>
    public Task Crash() => System.Terminate();

    public async ValueTask DisposeAsync()
    {
        if (System is not null)
            await System.Terminate();
        await _provider.DisposeAsync();
        if (_ownsStorage)
            _storage.Dispose();
        _limits.Dispose();
        _listener.Dispose();
    }

    private static DbCommand Command(DbConnection connection, string sql, (string Name, object Value)[] values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are constants of the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private sealed class Held(DbConnection connection, DbTransaction transaction) : IDisposable
    {
        public void Dispose()
        {
            transaction.Dispose();
            connection.Dispose();
        }
    }

    // Akka.Hosting asks for the host's lifetime; here a test decides when the node ends.
    private sealed class NoLifetime : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => default;

        public CancellationToken ApplicationStopping => default;

        public CancellationToken ApplicationStopped => default;

        public void StopApplication()
        {
        }
    }

    private sealed class ErrorRecorder : ReceiveActor
    {
        public ErrorRecorder(Recording<string> errors) => Receive<Error>(e => errors.Add($"{e.Message}"));
    }
}
