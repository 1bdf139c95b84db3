using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;

namespace QuikApp.Host.Configuration;

/// <summary>Refuses a node that cannot be found by its neighbours, or that would talk to them in the open.</summary>
internal sealed class ClusterOptionsValidator(IConfiguration configuration, IHostEnvironment environment, TimeProvider time) : IValidateOptions<ClusterOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ClusterOptions options)
    {
        var failures = new List<string>();
        if (!string.IsNullOrEmpty(options.Hostname))
            failures.AddRange(CheckHostname(options));
        if (!string.IsNullOrEmpty(options.BindHostname) && Uri.CheckHostName(options.BindHostname) == UriHostNameType.Unknown)
            failures.Add($"Cluster:BindHostname: '{ConfigurationProblem.Quote(options.BindHostname)}' is neither a host name nor an address; write for example 0.0.0.0.");
        failures.AddRange(ClusterTlsFiles.Check(options, environment.ContentRootPath, time.GetUtcNow()));

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

    private IEnumerable<string> CheckHostname(ClusterOptions options)
    {
        var hostname = options.Hostname;
        if (Uri.CheckHostName(hostname) == UriHostNameType.Unknown)
            yield return $"Cluster:Hostname: '{ConfigurationProblem.Quote(hostname)}' is neither a host name nor an address.";
        else if (IPAddress.TryParse(hostname, out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)))
            yield return $"Cluster:Hostname: '{hostname}' means every address; write the one that other nodes connect to, and this one under Cluster:BindHostname.";
        else if (!environment.IsDevelopment() && !options.Tls.IsOn && Outside(options) is { } outside)
            yield return $"{outside.Key}: '{ConfigurationProblem.Quote(outside.Host)}' is not this machine, and nodes would talk in the open; set Cluster:Tls:CertificatePath, KeyPath and AuthorityPath, or write 127.0.0.1.";
    }

    // Where a network comes in.
    private static (string Key, string Host)? Outside(ClusterOptions options)
    {
        if (!ListenerAddress.IsLoopbackHost(options.Hostname))
            return ("Cluster:Hostname", options.Hostname);
        if (!string.IsNullOrEmpty(options.BindHostname) && !ListenerAddress.IsLoopbackHost(options.BindHostname))
            return ("Cluster:BindHostname", options.BindHostname);
        for (var i = 0; i < options.SeedNodes.Count; i++)
        {
            if (IsHostAndPort(options.SeedNodes[i]) && !ListenerAddress.IsLoopbackHost(options.SeedNodes[i][..options.SeedNodes[i].LastIndexOf(':')]))
                return (string.Create(CultureInfo.InvariantCulture, $"Cluster:SeedNodes:{i}"), options.SeedNodes[i]);
        }

        return null;
    }

    private static bool IsSqlite(string? provider) =>
        string.IsNullOrEmpty(provider) || provider.Equals(nameof(StorageProvider.Sqlite), StringComparison.OrdinalIgnoreCase);

    private static bool IsHostAndPort(string? seed) =>
        seed?.LastIndexOf(':') is { } colon and > 0
        && Uri.CheckHostName(seed[..colon]) != UriHostNameType.Unknown
        && int.TryParse(seed.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        && port is > 0 and <= 65535;
}
