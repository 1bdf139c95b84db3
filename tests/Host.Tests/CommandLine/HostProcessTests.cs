using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;

namespace QuikApp.Host.Tests.CommandLine;

/// <summary>What an operator sees of the real program: exit codes, standard output, standard error.</summary>
public sealed class HostProcessTests : IDisposable
{
    private const string Canary = "canary-4711-canary";

    private static readonly Dictionary<string, string> Nothing = [];

    // Production makes no key of its own.
    private static readonly Dictionary<string, string> Keys = new()
    {
        ["QUIKAPP_Auth__Issuer"] = "https://login.example.com",
        ["QUIKAPP_Auth__Audience"] = "chat",
        ["QUIKAPP_Auth__SigningKeys__0__Kid"] = "one",
        ["QUIKAPP_Auth__SigningKeys__0__Algorithm"] = "HS256",
        ["QUIKAPP_Auth__SigningKeys__0__Key"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        ["QUIKAPP_Keys__EncryptionKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
    };

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("quikapp-process-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Serve_WrongConfiguration_Exits78WithALineForEachProblem()
    {
        var environment = new Dictionary<string, string>(Keys)
        {
            ["QUIKAPP_Storage__ConnectionString"] = $"Data Source=a.db;Password={Canary}",
            ["QUIKAPP_Storage__ConectionString"] = $"Data Source=a.db;Password={Canary}",
        };
        using var process = HostProcess.Start(_directory.FullName, environment, "--Cluster:Port=abc", "--urls", "http://0.0.0.0:0");

        var (code, output, errors) = await process.EndAsync();

        Assert.Equal((78, ""), (code, output));
        var lines = errors.TrimEnd().Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("quikapp: Cluster:Port: ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("quikapp: Storage:ConectionString: ", lines[1], StringComparison.Ordinal);
        Assert.Contains("the nearest is Storage:ConnectionString.", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("quikapp: Storage:ConnectionString: ", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("quikapp: Urls: ", lines[3], StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_UnknownFlag_Exits2()
    {
        using var process = HostProcess.Start(_directory.FullName, Nothing, "--verbose");

        var (code, output, errors) = await process.EndAsync();

        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("quikapp: '--verbose' has no value", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_PortThatIsTaken_Exits69()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var process = HostProcess.Start(_directory.FullName, Nothing, "--urls", $"http://{taken.LocalEndpoint}", "--environment", "Development");

        var (code, _, errors) = await process.EndAsync();

        Assert.Equal(69, code);
        Assert.Single(errors.TrimEnd().Split('\n'));
        Assert.StartsWith("quikapp: cannot listen: ", errors, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Serve_SoundConfiguration_ListensWritesPrivatelyAndStops()
    {
        Skip.If(OperatingSystem.IsWindows(), "signals and the umask are those of Unix");
        using var process = HostProcess.Start(_directory.FullName, Nothing, "serve", "--urls", "http://127.0.0.1:0", "--environment", "Development");
        await process.ReadUntilAsync("QuikApp Realtime is up");
        var url = (await process.ReadUntilAsync("http://127.0.0.1:")).Trim();
        using var client = new HttpClient();

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri($"{url}/health/live?token={Canary}"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri($"{url}/health/ready"))).StatusCode);
        if (OperatingSystem.IsLinux())
            Assert.Contains("Umask:\t0077", await File.ReadAllTextAsync($"/proc/{process.Id}/status"), StringComparison.Ordinal);

        var (code, output, errors) = await process.StopAsync();
        Assert.Equal((0, ""), (code, errors));
        Assert.DoesNotContain(Canary, output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Serve_OnADirectoryThatIsInUseOrLacksItsKeys_Exits78AndSaysSo()
    {
        Skip.If(OperatingSystem.IsWindows(), "signals are those of Unix");
        string[] arguments = ["--urls", "http://127.0.0.1:0", "--environment", "Development"];
        using (var first = HostProcess.Start(_directory.FullName, Nothing, arguments))
        {
            await first.ReadUntilAsync("QuikApp Realtime is up");
            using var second = HostProcess.Start(_directory.FullName, Nothing, arguments);
            var (taken, _, whyTaken) = await second.EndAsync();
            Assert.Equal(78, taken);
            Assert.Contains("another process uses ", whyTaken, StringComparison.Ordinal);
            await first.StopAsync();
        }

        File.Delete(Path.Combine(_directory.FullName, "data", "keys.db"));
        using var third = HostProcess.Start(_directory.FullName, Nothing, arguments);
        var (lost, _, whyLost) = await third.EndAsync();
        Assert.Equal(78, lost);
        Assert.Contains("key store", whyLost, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_directory.FullName, "data", "keys.db")));
    }

    [SkippableFact]
    public async Task Serve_InProduction_LogsJsonWithoutQueries()
    {
        Skip.If(OperatingSystem.IsWindows(), "signals are those of Unix");
        using var process = HostProcess.Start(
            _directory.FullName, Keys, "--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft.AspNetCore=Trace", "--Logging:Console:LogLevel:Microsoft=Trace");
        await process.ReadUntilAsync("QuikApp Realtime is up");
        var url = (await process.ReadUntilAsync("http://127.0.0.1:")).Trim();
        using var client = new HttpClient();
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync(new Uri($"{url}/socket/websocket?token={Canary}"))).StatusCode);

        var (_, output, _) = await process.StopAsync();

        Assert.DoesNotContain(Canary, output, StringComparison.Ordinal);
        var logs = output.Split('\n').Where(line => line.StartsWith('{')).ToList();
        Assert.NotEmpty(logs);
        Assert.All(logs, line => JsonDocument.Parse(line).Dispose());
    }

    [Fact]
    public async Task Check_SecretInTheEnvironment_IsMaskedAndExits0()
    {
        var environment = new Dictionary<string, string>(Keys) { ["QUIKAPP_Kestrel__Certificates__Spare__Password"] = Canary };
        using var process = HostProcess.Start(_directory.FullName, environment, "config", "check");

        var (code, output, errors) = await process.EndAsync();

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("Kestrel:Certificates:Spare:Password = *** (environment QUIKAPP_Kestrel__Certificates__Spare__Password)", output, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, output, StringComparison.Ordinal);
    }
}
