using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace QuikApp.Host.Tests.Configuration;

/// <summary>What the start says about nodes that would talk in the open, or with certificates that no other node takes.</summary>
public sealed class ClusterOptionsTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Hostname_OfTheNetwork_WithTls_IsTaken()
    {
        Write("node1.example");

        Assert.Empty(Tls("node1.example").Check());
    }

    [Fact]
    public void Hostname_OfTheNetwork_WithoutTls_IsRefused_AndSaysHowToGoOn()
    {
        var problem = Assert.Single(_sandbox.Argument("Cluster:Hostname", "node1.example").Check());

        Assert.Equal("Cluster:Hostname", problem.Key);
        Assert.Contains("Cluster:Tls:CertificatePath", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BindHostname_OfTheNetwork_WithoutTls_IsRefused() =>
        Assert.Equal("Cluster:BindHostname", Assert.Single(_sandbox.Argument("Cluster:BindHostname", "0.0.0.0").Check()).Key);

    [Fact]
    public void Tls_OfOneFile_WantsTheOthers()
    {
        Write("127.0.0.1");

        Assert.Equal(
            ["Cluster:Tls:AuthorityPath", "Cluster:Tls:KeyPath"],
            _sandbox.Argument("Cluster:Tls:CertificatePath", "node.pem").Check().Select(problem => problem.Key).Order());
    }

    [Fact]
    public void Tls_FilesThatAreNotThere_AreNamed()
    {
        Assert.Equal(
            ["Cluster:Tls:AuthorityPath", "Cluster:Tls:CertificatePath", "Cluster:Tls:KeyPath"],
            Tls("127.0.0.1").Check().Select(problem => problem.Key).Order());
    }

    [Fact]
    public void Certificate_ForAnotherName_IsRefused()
    {
        Write("node2.example");

        Assert.Contains("is not for 'node1.example'", Assert.Single(Tls("node1.example").Check()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Certificate_OfAnotherAuthority_IsRefused()
    {
        Write("127.0.0.1");
        var authority = File.ReadAllText(Path.Combine(_sandbox.Working, "authority.pem"));
        Write("127.0.0.1");
        _sandbox.File("authority.pem", authority);

        Assert.Contains("not signed by", Assert.Single(Tls("127.0.0.1").Check()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Certificate_OfYesterday_IsRefused()
    {
        Write("127.0.0.1", DateTimeOffset.UtcNow.AddHours(-1));

        Assert.Contains("renew it", Assert.Single(Tls("127.0.0.1").Check()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_OfSomethingElse_AreRefused_AndNotQuoted()
    {
        Write("127.0.0.1");
        _sandbox.File("node.pem", "canary-4711");

        var problem = Assert.Single(Tls("127.0.0.1").Check());
        Assert.Equal("Cluster:Tls:CertificatePath", problem.Key);
        Assert.DoesNotContain("canary", problem.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Key_ThatOthersMayRead_IsRefused()
    {
        Skip.If(OperatingSystem.IsWindows(), "file modes are those of Unix");
        Write("127.0.0.1");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(_sandbox.Working, "node.key"), UnixFileMode.UserRead | UnixFileMode.OtherRead);

        Assert.Contains("chmod 0600", Assert.Single(Tls("127.0.0.1").Check()).Message, StringComparison.Ordinal);
    }

    private Sandbox Tls(string hostname) => _sandbox
        .Argument("Cluster:Hostname", hostname)
        .Argument("Cluster:Tls:CertificatePath", "node.pem")
        .Argument("Cluster:Tls:KeyPath", "node.key")
        .Argument("Cluster:Tls:AuthorityPath", "authority.pem");

    // A new authority each time.
    private void Write(string host, DateTimeOffset? until = null)
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=authority", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using var authority = authorityRequest.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(2));

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address))
            names.AddIpAddress(address);
        else
            names.AddDnsName(host);
        var request = new CertificateRequest("CN=node", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, DateTimeOffset.UtcNow.AddDays(-1), until ?? DateTimeOffset.UtcNow.AddDays(1), RandomNumberGenerator.GetBytes(8));
        _sandbox.File("authority.pem", authority.ExportCertificatePem());
        _sandbox.File("node.pem", certificate.ExportCertificatePem());
        _sandbox.File("node.key", key.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(_sandbox.Working, "node.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
