using System.Diagnostics.CodeAnalysis;

namespace QuikApp.Host.Configuration;

/// <summary>The files that a node proves itself with to the others, all PEM; all three or none.</summary>
internal sealed class ClusterTlsOptions
{
    /// <summary>This node's certificate, for the name in <see cref="ClusterOptions.Hostname"/>.</summary>
    /// <value>None</value>
    public string? CertificatePath { get; set; }

    /// <summary>The certificate's private key.</summary>
    /// <value>None</value>
    public string? KeyPath { get; set; }

    /// <summary>The authority, whose certificates alone are believed.</summary>
    /// <value>None</value>
    public string? AuthorityPath { get; set; }

    /// <summary>Whether nodes speak TLS.</summary>
    [MemberNotNullWhen(true, nameof(CertificatePath), nameof(KeyPath), nameof(AuthorityPath))]
    internal bool IsOn => !string.IsNullOrEmpty(CertificatePath) && !string.IsNullOrEmpty(KeyPath) && !string.IsNullOrEmpty(AuthorityPath);
}
