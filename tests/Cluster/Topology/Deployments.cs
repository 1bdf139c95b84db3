namespace QuikApp.Cluster.Topology;

/// <summary>What a cell runs on, by the name of its storage.</summary>
internal static class Deployments
{
    /// <summary>Starts one node on SQLite (<c>sqlite</c>), or nodes on PostgreSQL (<c>postgresql</c>).</summary>
    /// <param name="storage">Which.</param>
    /// <param name="channels">The public channels that it makes.</param>
    /// <param name="more">Settings beside the usual.</param>
    /// <param name="nodes">How many, on PostgreSQL.</param>
    /// <param name="megabytes">The size of a file system of its own for the database; null: the machine's.</param>
    /// <param name="ownNetwork">Whether a node on SQLite gets a network of its own; those on PostgreSQL always have.</param>
    public static async Task<IDeployment> StartAsync(
        string storage, IReadOnlyList<string> channels, IReadOnlyDictionary<string, string>? more = null, int nodes = 3, int? megabytes = null, bool ownNetwork = false) => storage switch
        {
            "sqlite" => await SqliteDeployment.StartAsync(channels, more, ownNetwork, megabytes),
            "postgresql" => await PostgresDeployment.StartAsync(channels, more, nodes: nodes, megabytes: megabytes),
            _ => throw new ArgumentOutOfRangeException(nameof(storage)),
        };
}
