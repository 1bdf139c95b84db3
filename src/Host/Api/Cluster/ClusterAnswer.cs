using System.ComponentModel;

namespace QuikApp.Host.Api.Cluster;

/// <summary>The cluster as this node sees it.</summary>
[Description("The cluster as the answering node sees it.")]
internal sealed record ClusterAnswer(
    [property: Description("Host and port of the node that answers, as its neighbours reach it.")] string Self,
    [property: Description("Version of the program on that node.")] string Version,
    [property: Description("Host and port of the leader, where there is one.")] string? Leader,
    [property: Description("Every member.")] ClusterAnswer.Node[] Members)
{
    /// <summary>One member.</summary>
    [Description("A member of the cluster.")]
    internal sealed record Node(
        [property: Description("Its host and port.")] string Address,
        [property: Description("Joining, WeaklyUp, Up, Leaving, Exiting, Down or Removed.")] string Status,
        [property: Description("Its roles.")] string[] Roles,
        [property: Description("Whether the answering node reaches it.")] bool Reachable);
}
