using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace QuikApp.Host.Configuration;

/// <summary>
/// The keys that ASP.NET Core itself reads, written down so that a slip in them is found as well: a misspelt
/// <c>Kestrel:Endpoints:Https:Certificate</c> must not end in a listener without TLS.
/// </summary>
internal sealed class HostKeys
{
    /// <summary>For editors that know the schema of settings files; nothing reads it.</summary>
    [ConfigurationKeyName("$schema")]
    public string? Schema { get; set; }

    /// <summary>The name of the environment.</summary>
    public string? Environment { get; set; }

    /// <summary>The directory of the settings files.</summary>
    public string? ContentRoot { get; set; }

    /// <summary>The listeners, separated by semicolons.</summary>
    public string? Urls { get; set; }

    /// <summary>The host names that requests may carry, separated by semicolons.</summary>
    public string? AllowedHosts { get; set; }

    /// <summary>What is logged.</summary>
    public LoggingKeys? Logging { get; set; }

    /// <summary>Listeners with settings of their own.</summary>
    public KestrelKeys? Kestrel { get; set; }

    /// <summary>Levels by category, for all sinks or for one.</summary>
    internal sealed class LoggingKeys
    {
        /// <summary>The least level, by category.</summary>
        public Dictionary<string, LogLevel>? LogLevel { get; set; }

        /// <summary>The sink on the terminal.</summary>
        public ConsoleKeys? Console { get; set; }
    }

    /// <summary>The sink on the terminal.</summary>
    internal sealed class ConsoleKeys
    {
        /// <summary>The least level, by category.</summary>
        public Dictionary<string, LogLevel>? LogLevel { get; set; }
    }

    /// <summary>The listeners of Kestrel, as its configuration loader reads them.</summary>
    internal sealed class KestrelKeys
    {
        /// <summary>What holds for every listener.</summary>
        public EndpointDefaultKeys? EndpointDefaults { get; set; }

        /// <summary>The listeners, by a name of the operator's choice.</summary>
        public Dictionary<string, EndpointKeys>? Endpoints { get; set; }

        /// <summary>Certificates, by name; <c>Default</c> serves listeners without one.</summary>
        public Dictionary<string, CertificateKeys>? Certificates { get; set; }
    }

    /// <summary>What holds for every listener.</summary>
    internal class EndpointDefaultKeys
    {
        /// <summary>The versions of HTTP.</summary>
        public HttpProtocols? Protocols { get; set; }

        /// <summary>The versions of TLS, as a list.</summary>
        public List<SslProtocols>? SslProtocols { get; set; }

        /// <summary>Whether clients must show a certificate.</summary>
        public ClientCertificateMode? ClientCertificateMode { get; set; }
    }

    /// <summary>One listener.</summary>
    internal sealed class EndpointKeys : EndpointDefaultKeys
    {
        /// <summary>The address.</summary>
        public string? Url { get; set; }

        /// <summary>The certificate.</summary>
        public CertificateKeys? Certificate { get; set; }

        /// <summary>Settings by the name the client asks for.</summary>
        public Dictionary<string, SniKeys>? Sni { get; set; }
    }

    /// <summary>Settings of one host name.</summary>
    internal sealed class SniKeys : EndpointDefaultKeys
    {
        /// <summary>The certificate.</summary>
        public CertificateKeys? Certificate { get; set; }
    }

    /// <summary>Where a certificate is.</summary>
    internal sealed class CertificateKeys
    {
        /// <summary>A file.</summary>
        public string? Path { get; set; }

        /// <summary>The file of its private key.</summary>
        public string? KeyPath { get; set; }

        /// <summary>The password of the file.</summary>
        public string? Password { get; set; }

        /// <summary>A subject in a certificate store.</summary>
        public string? Subject { get; set; }

        /// <summary>The store.</summary>
        public string? Store { get; set; }

        /// <summary>Whose store.</summary>
        public string? Location { get; set; }

        /// <summary>Whether an expired certificate is served.</summary>
        public bool? AllowInvalid { get; set; }
    }
}
