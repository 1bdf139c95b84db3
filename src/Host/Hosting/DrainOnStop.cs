using QuikApp.Host.Sessions;

namespace QuikApp.Host.Hosting;

/// <summary>Tells every socket that the node leaves, before the listeners and the actor system stop.</summary>
internal sealed class DrainOnStop(SessionRegistry sessions, TimeProvider time) : IHostedLifecycleService
{
    /// <summary>Clients close within a round trip; one that does not is not waited for longer than this.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public Task StoppingAsync(CancellationToken cancellationToken) => sessions.Drain(Patience, time);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
