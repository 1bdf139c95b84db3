using System.Globalization;
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
            Show(cluster.SelfAddress),
            Version,
            state.Leader is { } leader ? Show(leader) : null,
            [.. state.Members.Select(member => new ClusterAnswer.Node(
                Show(member.Address), member.Status.ToString(), [.. member.Roles.Order(StringComparer.Ordinal)], !state.Unreachable.Contains(member)))]));
    }

    private static string Show(Address address) => string.Create(CultureInfo.InvariantCulture, $"{address.Host}:{address.Port}");
}
