using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Remote.Hosting;

namespace QuikApp.Actors.Hosting;

/// <summary>
/// How a node shows its neighbours who it is, and whom it believes: only certificates that the one configured authority has
/// signed, and in a node that it calls itself only the name that it called. What the machine trusts otherwise counts nothing.
/// </summary>
internal sealed class NodeTls : IDisposable
{
    /// <summary>Extended key usage <c>id-kp-clientAuth</c> (RFC 5280, section 4.2.1.12); a certificate that names no usage has all.</summary>
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2Collection _authorities;

    private NodeTls(X509Certificate2 certificate, X509Certificate2Collection authorities) => (Certificate, _authorities) = (certificate, authorities);

    /// <summary>The node's own certificate with its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Reads PEM texts.</summary>
    /// <param name="certificate">The certificate, signed by one of the authorities.</param>
    /// <param name="key">Its private key, not encrypted.</param>
    /// <param name="authority">One certificate or several.</param>
    /// <exception cref="CryptographicException">One of them is not what it should be.</exception>
    public static NodeTls Read(string certificate, string key, string authority)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(authority);
        if (authorities.Count == 0)
            throw new CryptographicException("no certificate in the authority's file");
        return new NodeTls(WithStoredKey(X509Certificate2.CreateFromPem(certificate, key)), authorities);
    }

    /// <summary>Whether a neighbour's certificate was signed by the authority, is of this day and may be shown by one who calls.</summary>
    public bool IsSigned(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        // Every node calls others; the database's certificate, of the same authority, is no ticket into the cluster.
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        return chain.Build(certificate);
    }

    /// <summary>Whether a neighbour is believed.</summary>
    /// <param name="certificate">What it showed; null for nothing.</param>
    /// <param name="errors">What the platform says, which knows no authority of ours, but knows the name that was called.</param>
    public bool Accepts(X509Certificate2? certificate, SslPolicyErrors errors) =>
        certificate is not null && (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) == 0 && IsSigned(certificate);

    /// <summary>Puts it into the settings of the connections between nodes.</summary>
    public void Apply(RemoteOptions remote)
    {
        remote.EnableSsl = true;
        remote.Ssl = new SslOptions
        {
            X509Certificate = Certificate,
            SuppressValidation = false,
            RequireMutualAuthentication = true,
            ValidateCertificateHostname = true,
            CustomValidator = (certificate, _, _, errors, _) => Accepts(certificate, errors),
        };
    }

    public void Dispose()
    {
        Certificate.Dispose();
        foreach (var authority in _authorities)
            authority.Dispose();
    }

    // Windows' TLS takes no key that is only in memory.
    private static X509Certificate2 WithStoredKey(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows())
            return certificate;
        using (certificate)
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }
}
