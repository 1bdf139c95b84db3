using QuikApp.Cluster.Topology;

namespace QuikApp.Cluster.Cells;

/// <summary>Looks for what no log may have: tokens, keys, and text that somebody wrote.</summary>
internal static class LogScan
{
    /// <summary>What was found, each with its place.</summary>
    /// <param name="deployment">Whose logs.</param>
    /// <param name="users">Each message of a user begins with their name and a colon.</param>
    public static IReadOnlyList<string> Of(IDeployment deployment, IEnumerable<string> users)
    {
        var leaks = new List<string>();
        foreach (var node in deployment.Nodes)
        {
            var log = node.Log;
            var secrets = node.Plan.Settings.Where(s => s.Key.EndsWith("Key", StringComparison.Ordinal) || s.Key.EndsWith("Password", StringComparison.Ordinal));
            leaks.AddRange(secrets.Where(s => log.Contains(s.Value, StringComparison.Ordinal)).Select(s => $"{node.Name}.log has {s.Key}"));
            // The banner of Development shows tokens on purpose: those of demo users, which the server made itself.
            if (deployment.Tokens.Signatures.Any(signature => log.Contains(signature, StringComparison.Ordinal)))
                leaks.Add($"{node.Name}.log has a token");
            leaks.AddRange(users.Where(user => log.Contains($"{user}:1 ", StringComparison.Ordinal)).Select(user => $"{node.Name}.log has a message of {user}"));
        }

        return leaks;
    }
}
