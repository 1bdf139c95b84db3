using System.Reflection;
using Akka.Actor;
using Microsoft.AspNetCore.Http.HttpResults;
using QuikApp.Host.Api.Description;
using QuikApp.Host.Api.Problems;

namespace QuikApp.Host.Api.Cluster;

/// <summary>Shows the cluster to administrators.</summary>
internal static class ClusterEndpoints
{
    private static readonly string Version =
        typeof(ClusterEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>Maps the operations.</summary>
    public static void MapCluster(this IEndpointRouteBuilder api) =>
        api.MapRead("/cluster", Get)
            .Describe("getCluster", "Members of the cluster, as the answering node sees them")
            .Produces<ClusterAnswer>()
            .RequireAuthorization(ApiPolicies.Admin)
            .Refuses(ProblemReason.Forbidden);

    private static Ok<ClusterAnswer> Get(ActorSystem system)
    {
        var cluster = Akka.Cluster.Cluster.Get(system);
        var state = cluster.State;
        return TypedResults.Ok(new ClusterAnswer(
            cluster.SelfAddress.ToString(),
            Version,
            state.Leader?.ToString(),
            [.. state.Members.Select(member => new ClusterAnswer.Node(
                member.Address.ToString(), member.Status.ToString(), [.. member.Roles.Order(StringComparer.Ordinal)], !state.Unreachable.Contains(member)))]));
    }
}
