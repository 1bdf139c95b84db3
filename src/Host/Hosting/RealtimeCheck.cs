using Akka.Actor;
using Akka.Cluster;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using QuikApp.Actors.Storage.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Hosting;

/// <summary>Ready: a member of the cluster that reaches most others, with a journal that answers and the demo workspace made.</summary>
internal sealed class RealtimeCheck(IServiceProvider services, IConversationStore store, DemoWorkspace demo) : IHealthCheck
{
    private static readonly StreamId Probe = StreamId.Parse("channel-health");

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var cluster = Cluster.Get(services.GetRequiredService<ActorSystem>());
        if (cluster.IsTerminated || cluster.SelfMember.Status != MemberStatus.Up)
            return HealthCheckResult.Unhealthy("not a member of the cluster");
        // The smaller part of a cluster that fell apart is put out soon.
        if (cluster.State is var state && state.Unreachable.Count * 2 >= state.Members.Count && !state.Unreachable.IsEmpty)
            return HealthCheckResult.Unhealthy("most of the cluster cannot be reached");
        if (!demo.Ready.IsCompletedSuccessfully)
            return HealthCheckResult.Unhealthy("the demo workspace is being made");
        await store.Head(Probe, cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
