namespace QuikApp.Host.Configuration;

/// <summary>What stands between the listeners and the world.</summary>
internal sealed class HttpOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string SectionName = "Http";

    /// <summary>
    /// The reverse proxies that end TLS in front of this node, each an address (<c>10.0.0.7</c>) or a network
    /// (<c>10.0.0.0/8</c>). Only their <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed, and only with one
    /// of them declared may a plain <c>http://</c> listener be reachable from other machines outside Development.
    /// </summary>
    /// <value>None</value>
    public IList<string> TrustedProxies { get; } = [];

    /// <summary>
    /// Pages that may open a socket besides the server's own, exactly as browsers write an origin: <c>https://chat.example.com</c>.
    /// </summary>
    /// <value>None</value>
    public IList<string> AllowedOrigins { get; } = [];
}
