using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using QuikApp.Actors.Hosting;
using QuikApp.Host.Secrets;

namespace QuikApp.Host.Configuration;

/// <summary>Reads the files of <see cref="ClusterTlsOptions"/>, and says what other nodes would find wrong with them.</summary>
internal static class ClusterTlsFiles
{
    /// <summary>Reads what was checked before.</summary>
    public static NodeTls Read(ClusterTlsOptions options, string contentRoot) =>
        NodeTls.Read(Text(options.CertificatePath, contentRoot), Text(options.KeyPath, contentRoot), Text(options.AuthorityPath, contentRoot));

    /// <summary>The faults, each beginning with its key.</summary>
    public static IEnumerable<string> Check(ClusterOptions cluster, string contentRoot, DateTimeOffset now)
    {
        (string Key, string? Path)[] files =
        [
            ("Cluster:Tls:CertificatePath", cluster.Tls.CertificatePath),
            ("Cluster:Tls:KeyPath", cluster.Tls.KeyPath),
            ("Cluster:Tls:AuthorityPath", cluster.Tls.AuthorityPath),
        ];
        if (files.All(file => string.IsNullOrEmpty(file.Path)))
            return [];
        var failures = files.Where(file => string.IsNullOrEmpty(file.Path)).Select(file => $"{file.Key}: is missing, and the three files belong together; name a PEM file.")
            .Concat(files.Where(file => !string.IsNullOrEmpty(file.Path)).Select(file => Unreadable(file.Key, Path.GetFullPath(file.Path!, contentRoot))).OfType<string>())
            .ToList();
        return failures.Count > 0 ? failures : CheckContent(cluster, contentRoot, now);
    }

    private static List<string> CheckContent(ClusterOptions cluster, string contentRoot, DateTimeOffset now)
    {
        NodeTls tls;
        try
        {
            tls = Read(cluster.Tls, contentRoot);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            // What the exception says may quote the file.
            return ["Cluster:Tls:CertificatePath: the files are not a certificate, its unencrypted private key and an authority's certificate; write them as PEM."];
        }

        using (tls)
        {
            var failures = new List<string>();
            var certificate = tls.Certificate;
            if (now < certificate.NotBefore || now > certificate.NotAfter)
                failures.Add(string.Create(CultureInfo.InvariantCulture, $"Cluster:Tls:CertificatePath: holds from {certificate.NotBefore:u} to {certificate.NotAfter:u}, which is not now; renew it."));
            else if (!tls.IsSigned(certificate))
                failures.Add("Cluster:Tls:CertificatePath: is not signed by Cluster:Tls:AuthorityPath; other nodes would refuse it.");
            if (!certificate.MatchesHostname(cluster.Hostname, allowWildcards: true, allowCommonName: false))
                failures.Add($"Cluster:Tls:CertificatePath: is not for '{ConfigurationProblem.Quote(cluster.Hostname)}', the Cluster:Hostname; other nodes would refuse it. Put the name into its subjectAltName.");
            return failures;
        }
    }

    private static string? Unreadable(string key, string path)
    {
        if (key.EndsWith(":KeyPath", StringComparison.Ordinal))
            return SecretFile.Read(path) is { Problem: { } problem } ? $"{key}: {problem}." : null;
        try
        {
            using var file = File.OpenRead(path);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{key}: the file '{ConfigurationProblem.Quote(path)}' cannot be read.";
        }
    }

    private static string Text(string? path, string contentRoot) => File.ReadAllText(Path.GetFullPath(path!, contentRoot), Encoding.UTF8);
}
