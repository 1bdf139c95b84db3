using Akka.Actor;
using Akka.Cluster;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Storage.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Hosting;

/// <summary>Ready: a member of the cluster that reaches most others, with a journal that answers and the demo workspace made.</summary>
internal sealed class RealtimeCheck(IServiceProvider services, ConversationServices conversations, IConversationStore store, DemoWorkspace demo) : IHealthCheck
{
    private static readonly StreamId Probe = StreamId.Parse("channel-health");

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var cluster = Cluster.Get(services.GetRequiredService<ActorSystem>());
        if (cluster.IsTerminated || cluster.SelfMember.Status != MemberStatus.Up)
            return HealthCheckResult.Unhealthy("not a member of the cluster");
        // It refuses every write, and is put out soon.
        if (conversations.Majority is { IsReached: false })
            return HealthCheckResult.Unhealthy("most of the cluster cannot be reached");
        if (!demo.Ready.IsCompletedSuccessfully)
            return HealthCheckResult.Unhealthy("the demo workspace is being made");
        await store.Head(Probe, cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
