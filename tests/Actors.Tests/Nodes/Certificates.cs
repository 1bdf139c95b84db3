using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace QuikApp.Actors.Tests.Nodes;

/// <summary>An authority that signs certificates of nodes, all of it in memory.</summary>
internal sealed class Certificates : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _authority;

    public Certificates(string name)
    {
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        _authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    public string Authority => _authority.ExportCertificatePem();

    /// <summary>A certificate and its key, as PEM.</summary>
    /// <param name="host">The name or address that it is for.</param>
    /// <param name="until">When it ends; in a day, if nothing is said.</param>
    /// <param name="uses">Extended key usages, as object identifiers; none: it names no use.</param>
    public (string Certificate, string Key) For(string host, DateTimeOffset? until = null, params ReadOnlySpan<string> uses)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address))
            names.AddIpAddress(address);
        else
            names.AddDnsName(host);
        var request = new CertificateRequest("CN=node", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        if (!uses.IsEmpty)
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. uses.ToArray().Select(use => new Oid(use))], critical: false));
        var end = until ?? DateTimeOffset.UtcNow.AddHours(20);
        using var certificate = request.Create(_authority, end.AddHours(-40) < _authority.NotBefore ? _authority.NotBefore : end.AddHours(-40), end, RandomNumberGenerator.GetBytes(8));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose()
    {
        _authority.Dispose();
        _key.Dispose();
    }
}
