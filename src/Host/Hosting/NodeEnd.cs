using Akka;
using Akka.Actor;
using QuikApp.Host.Configuration;

namespace QuikApp.Host.Hosting;

/// <summary>
/// When the cluster puts this node out, the process ends, so that it is started again: first its sockets hear of it, then the
/// actors stop, and the exit code says that nobody asked for it.
/// </summary>
internal sealed partial class NodeEnd(IHostApplicationLifetime lifetime, SocketDrain sockets, ExitStatus exit, ILogger<NodeEnd> logger)
{
    /// <summary>Begins with the actor system.</summary>
    public void Watch(ActorSystem system)
    {
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "sockets", async () =>
        {
            if (!lifetime.ApplicationStopping.IsCancellationRequested)
            {
                LogPutOut(shutdown.ShutdownReason?.GetType().Name ?? "");
                exit.Code = ExitCode.LeftByCluster;
                lifetime.StopApplication();
            }

            await sockets.Run();
            return Done.Instance;
        });
    }

    [LoggerMessage(EventId = 4002, Level = LogLevel.Error, Message = "The cluster has put this node out ({Reason}); the process ends to be started again")]
    private partial void LogPutOut(string reason);
}
