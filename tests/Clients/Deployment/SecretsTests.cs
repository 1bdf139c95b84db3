using System.Runtime.Versioning;

namespace QuikApp.Clients.Deployment;

/// <summary>docker/make-secrets.sh makes what is missing and touches nothing that is there.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SecretsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("quikapp-secrets-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [SkippableFact]
    public async Task Make_SecondTime_ChangesNothing()
    {
        await MakeAsync("quikapp1");
        var before = Content();

        await MakeAsync("quikapp1", "quikapp2");

        var after = Content();
        Assert.Equal(before, after.Where(file => before.ContainsKey(file.Key)).ToDictionary());
        Assert.Equal(["nodes/quikapp2.crt", "nodes/quikapp2.key"], after.Keys.Except(before.Keys).Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task Make_EveryFile_IsForItsOwnerOnly()
    {
        await MakeAsync("quikapp1");

        Assert.NotEmpty(Content());
        Assert.All(Content().Keys, file =>
        {
            var mode = File.GetUnixFileMode(Path.Combine(_directory, file));
            var isPublic = file.EndsWith(".crt", StringComparison.Ordinal) || file.EndsWith(".pub.pem", StringComparison.Ordinal);
            var owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            Assert.True(mode == (isPublic ? owner | UnixFileMode.GroupRead : owner), $"{file} has {mode}");
        });
    }

    [SkippableFact]
    public async Task Make_CertificateOfANode_IsOfTheAuthorityAndForItsNamesOnly()
    {
        await MakeAsync("quikapp1,10.0.0.7");
        var openssl = ShellRun.Require("openssl");
        string[] verify = ["verify", "-x509_strict", "-CAfile", Path.Combine(_directory, "ca.crt"), "-purpose"];
        var certificate = Path.Combine(_directory, "nodes", "quikapp1.crt");

        await ShellRun.RunAsync(openssl, [.. verify, "sslserver", "-verify_hostname", "quikapp1", certificate]);
        await ShellRun.RunAsync(openssl, [.. verify, "sslserver", "-verify_ip", "10.0.0.7", certificate]);
        await ShellRun.RunAsync(openssl, [.. verify, "sslclient", certificate]);
        await Assert.ThrowsAnyAsync<Exception>(() => ShellRun.RunAsync(openssl, [.. verify, "sslserver", "-verify_hostname", "quikapp2", certificate]));
    }

    private async Task MakeAsync(params string[] names)
    {
        ShellRun.Require("openssl");
        await ShellRun.RunAsync(ShellRun.Require("bash"), ["docker/make-secrets.sh", "-d", _directory, .. names]);
    }

    private Dictionary<string, string> Content() =>
        Directory.EnumerateFiles(_directory, "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(_directory, file), File.ReadAllText);
}
