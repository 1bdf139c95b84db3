using System.Security.Cryptography;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Hosting;
using Akka.Dispatch;
using Akka.Event;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Hosting;
using QuikApp.Actors.Presence;
using QuikApp.Actors.Storage.Keys;
using QuikApp.Actors.Storage.Sqlite;
using QuikApp.Actors.Tests.Conversations;
using QuikApp.Actors.Tests.Storage;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Presence;
using LogLevel = Akka.Event.LogLevel;

namespace QuikApp.Actors.Tests.Presence;

/// <summary>One node of a cluster in this process, with the product's own settings, over real sockets between the nodes.</summary>
internal sealed class PresenceTestNode : IAsyncDisposable
{
    /// <summary>The grace of these nodes, if no other is asked for.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    // Only how soon a test begins; what is measured runs at the product's own pace.
    private const string Quiet = """
        akka.coordinated-shutdown.run-by-actor-system-terminate = off
        akka.cluster.periodic-tasks-initial-delay = 10ms
        akka.log-dead-letters = off
        akka.stdout-loglevel = OFF
        """;

    private readonly TempDirectory _directory = new();
    private readonly SqliteDatabase _database;
    private readonly KeyEncryptionKey _wrapping = new(SHA256.HashData("the key of these tests"u8));
    private readonly SqliteKeyStore _keys;
    private readonly ServiceProvider _provider;

    private PresenceTestNode(int port, TimeSpan grace)
    {
        var sqlite = new SqliteOptions { DataDirectory = _directory.Path };
        _database = SqliteDatabase.OpenKeys(sqlite);
        _keys = new SqliteKeyStore(_database, _wrapping, sqlite, TimeProvider.System);
        _provider = new ServiceCollection()
            .AddLogging()
            .AddAkka("quikapp", (akka, _) => akka
                .AddHocon(Quiet, HoconAddMode.Prepend)
                .ConfigureLoggers(loggers =>
                {
                    loggers.ClearLoggers();
                    loggers.AddLogger<SilentLogger>();
                    loggers.LogLevel = LogLevel.WarningLevel;
                })
                .WithQuikAppDefaults(_keys)
                .WithRemoting(new RemoteOptions { HostName = "127.0.0.1", Port = port })
                .WithClustering(new ClusterOptions())
                .WithPresence(new PresenceServices(Access, Statuses, new PresenceOptions { LeaveGrace = grace }, TimeProvider.System)))
            .AddSingleton<IHostApplicationLifetime, NoLifetime>()
            .BuildServiceProvider();
    }

    public SwitchedAccess Access { get; } = new();

    public KnownStatuses Statuses { get; } = new();

    public ActorSystem System { get; private set; } = null!;

    public IActorRef Node { get; private set; } = null!;

    public IActorRef View { get; private set; } = null!;

    public Cluster Cluster => Cluster.Get(System);

    public int Port => Cluster.SelfAddress.Port!.Value;

    /// <summary>What was logged as an error, or said that something could not be written or sent.</summary>
    public Recording<string> Errors { get; } = new();

    public static async Task<PresenceTestNode> Start(Address? seed = null, int port = 0, TimeSpan? grace = null)
    {
        var node = new PresenceTestNode(port, grace ?? Grace);
        foreach (var service in node._provider.GetServices<IHostedService>())
            await service.StartAsync(CancellationToken.None);
        node.System = node._provider.GetRequiredService<ActorSystem>();
        var errors = node.System.ActorOf(Props.Create(() => new ErrorRecorder(node.Errors)));
        node.System.EventStream.Subscribe(errors, typeof(Error));
        node.System.EventStream.Subscribe(errors, typeof(Warning));
        var registry = ActorRegistry.For(node.System);
        node.Node = registry.Get<PresenceNode>();
        node.View = registry.Get<PresenceView>();
        node.Cluster.Join(seed ?? node.Cluster.SelfAddress);
        await Eventually.True(() => Task.FromResult(node.Cluster.SelfMember.Status is MemberStatus.Up), "the node is up");
        return node;
    }

    public void Open(string user, string workspace, Device device = Device.Web) => Node.Tell(new PresenceMessages.Opened(Given(user, workspace), device));

    public void Close(string user, string workspace, Device device = Device.Web) => Node.Tell(new PresenceMessages.Closed(Given(user, workspace), device));

    public void Set(string user, PresenceStatus status, long version, string? text = null, DateTimeOffset? expiresAt = null) =>
        Node.Tell(new PresenceMessages.SetStatus(UserId.Parse(user), new UserStatus(status, text, expiresAt, version)));

    /// <summary>Listens to a workspace as a hub does.</summary>
    public WorkspaceWatch Watch(string workspace) => new(this, WorkspaceId.Parse(workspace));

    /// <summary>Who is online, as this node tells it.</summary>
    public async Task<IReadOnlyList<UserPresence>> Snapshot(string workspace, string viewer = "nobody") =>
        await new Presences(ActorRegistry.For(System)).Snapshot(WorkspaceId.Parse(workspace), UserId.Parse(viewer), CancellationToken.None);

    /// <summary>Waits until this node tells just these users as online.</summary>
    public Task Sees(string workspace, params string[] users) => Eventually.True(
        async () => (await Snapshot(workspace)).Select(presence => presence.User.Value).SequenceEqual(users.Order(StringComparer.Ordinal)),
        $"{string.Join(", ", users)} are online, and nobody else");

    /// <summary>Stops in good order, as the host does.</summary>
    public Task Leave() => CoordinatedShutdown.Get(System).Run(CoordinatedShutdown.ClrExitReason.Instance);

    /// <summary>Ends without a word.</summary>
    public Task Crash() => System.Terminate();

    public async ValueTask DisposeAsync()
    {
        if (System is not null)
            await System.Terminate();
        await _provider.DisposeAsync();
        _keys.Dispose();
        _database.Dispose();
        _wrapping.Dispose();
        _directory.Dispose();
    }

    internal static Requester Given(string user, params string[] workspaces) =>
        new(UserId.Parse(user), global::System.Collections.Frozen.FrozenSet.ToFrozenSet(workspaces.Select(WorkspaceId.Parse)), Role.Member);

    private sealed class ErrorRecorder : ReceiveActor
    {
        public ErrorRecorder(Recording<string> errors)
        {
            Receive<Error>(e => errors.Add($"{e.Message}"));
            Receive<Warning>(e => $"{e.Message}".Contains("serializ", StringComparison.OrdinalIgnoreCase) || $"{e.Message}".Contains("oversized", StringComparison.OrdinalIgnoreCase)
                || $"{e.Message}".Contains("could not be written", StringComparison.OrdinalIgnoreCase), e => errors.Add($"{e.Message}"));
        }
    }

    // Without any, Akka writes to the console.
    private sealed class SilentLogger : ReceiveActor, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
    {
        public SilentLogger()
        {
            Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
            ReceiveAny(_ => { });
        }
    }

    private sealed class NoLifetime : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => default;

        public CancellationToken ApplicationStopping => default;

        public CancellationToken ApplicationStopped => default;

        public void StopApplication()
        {
        }
    }
}
