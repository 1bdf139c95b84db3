namespace QuikApp.Host.Hosting;

/// <summary>Tells every socket that the node leaves, before the listeners and the actor system stop.</summary>
internal sealed class DrainOnStop(SocketDrain sockets) : IHostedLifecycleService
{
    public Task StoppingAsync(CancellationToken cancellationToken) => sockets.Run();

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
