using System.ComponentModel.DataAnnotations;

namespace QuikApp.Host.Configuration;

/// <summary>How this node is reached by its neighbours.</summary>
internal sealed class ClusterOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string SectionName = "Cluster";

    /// <summary>The name or address under which other nodes reach this one.</summary>
    /// <value><c>127.0.0.1</c></value>
    [Required]
    public string Hostname { get; set; } = "127.0.0.1";

    /// <summary>The port for other nodes; 0 takes any free one, which only a node without seed nodes can do.</summary>
    /// <value>0</value>
    [Range(0, 65535)]
    public int Port { get; set; }

    /// <summary>The address to listen on, where it is not the one that others connect to; empty: the same.</summary>
    /// <value>None</value>
    public string? BindHostname { get; set; }

    /// <summary>TLS between nodes.</summary>
    public ClusterTlsOptions Tls { get; } = new();

    /// <summary>The nodes to join, each as <c>host:port</c>, the same list on all of them. Empty: this node is a cluster of its own.</summary>
    /// <value>None</value>
    public IList<string> SeedNodes { get; } = [];
}
