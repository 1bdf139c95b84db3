using System.Globalization;
using System.Net;

namespace QuikApp.Clients.Running;

/// <summary>
/// The server as an operator runs it: a process of its own with a data directory of its own, which survives the process.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    /// <summary>The users for whom the start prints tokens.</summary>
    public static readonly IReadOnlyList<string> DemoUsers = ["alice", "bob", "carol"];

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    private readonly string _directory = Directory.CreateTempSubdirectory("quikapp-clients-").FullName;
    private readonly IReadOnlyList<string> _settings;
    private ChildProcess? _process;

    private ServerProcess(IReadOnlyList<string> settings) => _settings = settings;

    /// <summary>Where it listens; the same after a restart.</summary>
    public Uri Url { get; private set; } = new($"http://127.0.0.1:{FreePort.Next().ToString(CultureInfo.InvariantCulture)}");

    /// <summary>Tokens of <see cref="DemoUsers"/>, as the last start printed them.</summary>
    public IReadOnlyDictionary<string, string> Tokens { get; private set; } = new Dictionary<string, string>();

    /// <summary>The journal's file.</summary>
    public string Database => Path.Combine(_directory, "quikapp.db");

    /// <summary>What the process wrote, for a report of failure.</summary>
    public string Transcript => _process?.Transcript ?? "";

    private static string Program => Path.Combine(AppContext.BaseDirectory, "QuikApp.Host.dll");

    /// <summary>Starts a server and waits until it is ready.</summary>
    /// <param name="settings">Settings as on the command line, without the dashes: <c>Limits:SendBurst=1000</c>.</param>
    public static async Task<ServerProcess> StartAsync(params IReadOnlyList<string> settings)
    {
        var server = new ServerProcess(settings);
        try
        {
            await server.StartProcessAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it again on the same address and data; it must have been stopped or killed before.</summary>
    public Task RestartAsync() => StartProcessAsync();

    /// <summary>SIGKILL, and waits until the process is gone.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.EndAsync(StopLimit);
    }

    /// <summary>SIGTERM, and waits until the process is gone.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> StopAsync()
    {
        _process!.Terminate();
        return _process.EndAsync(StopLimit);
    }

    /// <summary>A token that the command line of the product makes for this server.</summary>
    public async Task<string> TokenAsync(string user, string workspace = "demo", string ttl = "1h", string role = "member")
    {
        var output = new List<string>();
        await using var verb = ChildProcess.Start(
            ChildProcess.Dotnet,
            [Program, "token", "--user", user, "--workspace", workspace, "--ttl", ttl, "--role", role, .. Storage],
            _directory,
            line =>
            {
                output.Add(line);
                return false;
            });
        var exitCode = await verb.EndAsync(StartLimit);
        Assert.True(exitCode == 0, $"token ended with {exitCode}: {verb.Transcript}");
        return Assert.Single(output, line => line.Length > 0);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private string[] Storage => ["--environment", "Development", $"--Storage:ConnectionString=Data Source={Database}"];

    private async Task StartProcessAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        var banner = new BannerReader();
        _process = ChildProcess.Start(
            ChildProcess.Dotnet,
            [Program, "--urls", Url.GetLeftPart(UriPartial.Authority), .. Storage, .. _settings.Select(setting => $"--{setting}")],
            _directory,
            line =>
            {
                banner.Read(line);
                return true;
            });
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        await WaitAsync("banner", () => Task.FromResult(banner.IsComplete));
        (Url, Tokens) = (banner.Url!, banner.Tokens);
        await WaitAsync("/health/ready", () => IsReadyAsync(http));
    }

    private async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(Url, "/health/ready"));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception early) when (early is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private async Task WaitAsync(string what, Func<Task<bool>> isThere)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await isThere())
        {
            if (_process!.HasExited)
                throw new InvalidOperationException($"the server ended while it started ({what}):\n{Transcript}");
            if (TimeProvider.System.GetElapsedTime(start) > StartLimit)
                throw new TimeoutException($"the server showed no {what} within {StartLimit.TotalSeconds} s:\n{Transcript}");
            await Task.Delay(Glance);
        }
    }
}
