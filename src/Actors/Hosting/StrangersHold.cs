using Akka;
using Akka.Actor;
using Akka.Cluster;
using Akka.Hosting;

namespace QuikApp.Actors.Hosting;

/// <summary>
/// Akka ends a node as soon as a node that it calls shows a certificate that it does not believe. One neighbour whose
/// certificate has lapsed would end all the others, one by one. A member that is up therefore goes on: the shutdown that Akka
/// began waits in its first phase until the host stops or the cluster has put the node out. One that is not up yet ends: the
/// fault is its own as likely as not.
/// </summary>
internal static class StrangersHold
{
    // Its type is not for others to name.
    private const string Reason = "TlsHandshakeFailureReason";

    /// <summary>Adds the hold.</summary>
    /// <param name="builder">The actor system.</param>
    /// <param name="stopping">Ends it: the host stops.</param>
    public static AkkaConfigurationBuilder WithStrangersHold(this AkkaConfigurationBuilder builder, CancellationToken stopping) =>
        builder.AddStartup((system, _) =>
        {
            var (shutdown, cluster) = (CoordinatedShutdown.Get(system), Cluster.Get(system));
            var wanted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            stopping.Register(() => wanted.TrySetResult());
            cluster.RegisterOnMemberRemoved(() => wanted.TrySetResult());
            shutdown.AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "strangers", async () =>
            {
                if (shutdown.ShutdownReason?.GetType().Name == Reason && cluster.SelfMember.Status == MemberStatus.Up)
                    await wanted.Task;
                return Done.Instance;
            });
        });
}
