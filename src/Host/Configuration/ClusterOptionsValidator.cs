using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;

namespace QuikApp.Host.Configuration;

/// <summary>Refuses a node that cannot be found by its neighbours, or that would talk to them in the open.</summary>
internal sealed class ClusterOptionsValidator(IConfiguration configuration, IHostEnvironment environment) : IValidateOptions<ClusterOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ClusterOptions options)
    {
        var failures = new List<string>();
        if (!string.IsNullOrEmpty(options.Hostname))
            failures.AddRange(CheckHostname(options.Hostname));

        if (options.SeedNodes.Count > 0 && options.Port == 0)
            failures.Add("Cluster:Port: is missing, and with seed nodes every node needs a fixed one; write for example 4053.");

        for (var i = 0; i < options.SeedNodes.Count; i++)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"Cluster:SeedNodes:{i}");
            var seed = options.SeedNodes[i];
            if (!IsHostAndPort(seed))
                failures.Add($"{key}: '{ConfigurationProblem.Quote(seed ?? "")}' is not a node; write host:port, for example node1:4053.");
            else if (options.SeedNodes.Take(i).Contains(seed, StringComparer.OrdinalIgnoreCase))
                failures.Add($"{key}: '{seed}' is in the list twice.");
        }

        // One process owns a SQLite file: nodes that each have their own would be two histories under one name.
        if (options.SeedNodes.Count > 0 && IsSqlite(configuration["Storage:Provider"]))
            failures.Add("Cluster:SeedNodes: is for a cluster, and Storage:Provider is sqlite, which serves one node only; leave it out.");

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private IEnumerable<string> CheckHostname(string hostname)
    {
        if (Uri.CheckHostName(hostname) == UriHostNameType.Unknown)
            yield return $"Cluster:Hostname: '{ConfigurationProblem.Quote(hostname)}' is neither a host name nor an address.";
        else if (IPAddress.TryParse(hostname, out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)))
            yield return $"Cluster:Hostname: '{hostname}' means every address; write the one that other nodes connect to.";
        else if (!environment.IsDevelopment() && !ListenerAddress.IsLoopbackHost(hostname))
            yield return $"Cluster:Hostname: '{hostname}' can be reached from outside, and this build has no TLS between nodes; write 127.0.0.1.";
    }

    private static bool IsSqlite(string? provider) =>
        string.IsNullOrEmpty(provider) || provider.Equals(nameof(StorageProvider.Sqlite), StringComparison.OrdinalIgnoreCase);

    private static bool IsHostAndPort(string? seed) =>
        seed?.LastIndexOf(':') is { } colon and > 0
        && Uri.CheckHostName(seed[..colon]) != UriHostNameType.Unknown
        && int.TryParse(seed.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        && port is > 0 and <= 65535;
}
