using System.Net.Security;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Hosting;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using QuikApp.Actors.Hosting;
using QuikApp.Actors.Storage.Sqlite;
using QuikApp.Actors.Tests.Conversations;
using QuikApp.Actors.Tests.Storage;

namespace QuikApp.Actors.Tests.Nodes;

/// <summary>Who may be a node: whoever the one authority has signed, under the name that it is called by.</summary>
public sealed class NodeTlsTests : IAsyncLifetime, IDisposable
{
    private const string Host = "127.0.0.1";

    private readonly TempDirectory _directory = new();
    private readonly Certificates _ours = new("ours");
    private readonly Certificates _theirs = new("theirs");
    private readonly List<(ServiceProvider Provider, Cluster Cluster)> _nodes = [];
    private NodeStorage _storage = null!;

    public async Task InitializeAsync()
    {
        _storage = new NodeStorage(new SqliteOptions { DataDirectory = _directory.Path });
        var first = await Start(_ours.For(Host), _ours.Authority);
        first.Join(first.SelfAddress);
        await ConversationNode.Eventually(() => first.SelfMember.Status == MemberStatus.Up);
    }

    public async Task DisposeAsync()
    {
        foreach (var (provider, cluster) in _nodes)
        {
            await cluster.System.Terminate();
            await provider.DisposeAsync();
        }

        _storage.Dispose();
    }

    public void Dispose()
    {
        _ours.Dispose();
        _theirs.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Node_WithACertificateOfOurs_Joins() => await Joins();

    [Fact]
    public Task Node_WithoutTls_StaysOutside_AndTheClusterGoesOn() => StaysOutside(null, "");

    [Fact]
    public Task Node_OfAnotherAuthority_StaysOutside_AndTheClusterGoesOn() => StaysOutside(_theirs.For(Host), _ours.Authority);

    [Fact]
    public Task Node_WithACertificateForAnotherName_StaysOutside_AndTheClusterGoesOn() => StaysOutside(_ours.For("elsewhere.example"), _ours.Authority);

    [Fact]
    public Task Node_WithACertificateOfYesterday_StaysOutside_AndTheClusterGoesOn() =>
        StaysOutside(_ours.For(Host, DateTimeOffset.UtcNow.AddHours(-1)), _ours.Authority);

    // The database has a certificate of the same authority, for servers alone (docker/make-secrets.sh).
    [Fact]
    public void Accepts_NoCertificateThatIsForServersAlone()
    {
        const string Server = "1.3.6.1.5.5.7.3.1", Client = "1.3.6.1.5.5.7.3.2";
        var (certificate, key) = _ours.For(Host, uses: [Server, Client]);
        using var tls = NodeTls.Read(certificate, key, _ours.Authority);
        var (database, databaseKey) = _ours.For("postgres", uses: Server);
        using var other = NodeTls.Read(database, databaseKey, _ours.Authority);

        Assert.True(tls.Accepts(tls.Certificate, SslPolicyErrors.RemoteCertificateChainErrors));
        Assert.False(tls.Accepts(other.Certificate, SslPolicyErrors.RemoteCertificateChainErrors));
    }

    [Fact]
    public void Accepts_OnlyWhatTheAuthoritySigned_AndNothingWithoutAName()
    {
        var (certificate, key) = _ours.For(Host);
        using var tls = NodeTls.Read(certificate, key, _ours.Authority);
        var (foreign, foreignKey) = _theirs.For(Host);
        using var other = NodeTls.Read(foreign, foreignKey, _theirs.Authority);

        Assert.True(tls.Accepts(tls.Certificate, SslPolicyErrors.RemoteCertificateChainErrors));
        Assert.False(tls.Accepts(tls.Certificate, SslPolicyErrors.RemoteCertificateNameMismatch));
        Assert.False(tls.Accepts(null, SslPolicyErrors.None));
        Assert.False(tls.Accepts(other.Certificate, SslPolicyErrors.None));
    }

    private async Task Joins()
    {
        var node = await Start(_ours.For(Host), _ours.Authority);
        node.JoinSeedNodes([_nodes[0].Cluster.SelfAddress]);
        await ConversationNode.Eventually(() => node.SelfMember.Status == MemberStatus.Up);
    }

    private async Task StaysOutside((string Certificate, string Key)? shown, string authority)
    {
        var first = _nodes[0].Cluster;
        var intruder = await Start(shown, authority);
        var refused = new Recording<string>();
        foreach (var (_, cluster) in _nodes)
            cluster.System.EventStream.Subscribe(cluster.System.ActorOf(Props.Create(() => new Listener(refused))), typeof(Akka.Remote.AssociationErrorEvent));

        intruder.JoinSeedNodes([first.SelfAddress.WithProtocol(intruder.SelfAddress.Protocol)]);
        // It has tried, and was not let in; whoever is one of ours still is.
        await refused.Until(all => all.Count > 0);
        await Joins();

        Assert.Equal(2, first.State.Members.Count);
        Assert.DoesNotContain(first.State.Members, member => member.Address == intruder.SelfAddress);
        Assert.Equal(MemberStatus.Up, first.SelfMember.Status);
        Assert.NotEqual(MemberStatus.Up, intruder.SelfMember.Status);
    }

    private async Task<Cluster> Start((string Certificate, string Key)? shown, string authority)
    {
        var remote = new RemoteOptions { HostName = Host, Port = 0 };
        if (shown is { } own)
            NodeTls.Read(own.Certificate, own.Key, authority).Apply(remote);
        var provider = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IHostApplicationLifetime, NoLifetime>()
            .AddAkka("quikapp", (akka, _) => akka
                .AddHocon("""
                    akka.coordinated-shutdown.run-by-actor-system-terminate = off
                    akka.cluster.periodic-tasks-initial-delay = 10ms
                    akka.remote.retry-gate-closed-for = 200ms
                    akka.stdout-loglevel = OFF
                    """, HoconAddMode.Prepend)
                .ConfigureLoggers(loggers =>
                {
                    loggers.ClearLoggers();
                    loggers.LogLevel = Akka.Event.LogLevel.ErrorLevel;
                })
                .WithQuikAppDefaults(_storage.Keys)
                .WithRemoting(remote)
                .WithClustering(new ClusterOptions())
                .WithStrangersHold(CancellationToken.None))
            .BuildServiceProvider();
        foreach (var service in provider.GetServices<IHostedService>())
            await service.StartAsync(CancellationToken.None);
        var cluster = Cluster.Get(provider.GetRequiredService<ActorSystem>());
        _nodes.Add((provider, cluster));
        return cluster;
    }

    private sealed class Listener : ReceiveActor
    {
        public Listener(Recording<string> refused) => Receive<Akka.Remote.AssociationErrorEvent>(e => refused.Add($"{e}"));
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
