using Akka.Actor;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using QuikApp.Host.Configuration;
using ClusterOfAkka = Akka.Cluster.Cluster;

namespace QuikApp.Host.Tests.EndToEnd;

/// <summary>A node that the cluster has put out ends by itself, in good order.</summary>
public sealed class PutOutTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly OpenServer _server = new();

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Node_ThatIsDowned_ClosesItsSocketsWith1012_IsNotReady_AndEndsWith75()
    {
        using var alice = await PhoenixClient.ConnectAsync(_server, "alice");
        await alice.JoinAsync("channel:general");
        var stopping = new TaskCompletionSource();
        using var registration = _server.Service<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);
        var cluster = ClusterOfAkka.Get(_server.Service<ActorSystem>());

        cluster.Down(cluster.SelfAddress);

        Assert.Equal(1012, await alice.ClosedAsync());
        await stopping.Task.WaitAsync(Patience);
        Assert.Equal(ExitCode.LeftByCluster, _server.Service<ExitStatus>().Code);
        Assert.Equal(HealthStatus.Unhealthy, (await _server.Service<HealthCheckService>().CheckHealthAsync()).Status);
        await cluster.System.WhenTerminated.WaitAsync(Patience);
    }
}
