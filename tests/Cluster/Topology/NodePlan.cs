namespace QuikApp.Cluster.Topology;

/// <summary>How a node is started.</summary>
/// <param name="Name">Its name in histories: n1, n2, …</param>
/// <param name="Url">Where clients reach it; the same after a restart.</param>
/// <param name="Folder">Its working directory.</param>
/// <param name="LogFile">Where both its outputs go.</param>
/// <param name="Settings">Its configuration.</param>
/// <param name="NetworkNamespace">The network namespace that it runs in; null: the machine's.</param>
internal sealed record NodePlan(
    string Name, Uri Url, string Folder, string LogFile, IReadOnlyDictionary<string, string> Settings, string? NetworkNamespace = null);
