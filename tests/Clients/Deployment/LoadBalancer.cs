using System.Globalization;
using System.Net;
using QuikApp.Clients.Running;

namespace QuikApp.Clients.Deployment;

/// <summary>HAProxy with the file that operators use, in front of one server; the two other nodes are not there.</summary>
internal sealed class LoadBalancer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    private readonly ChildProcess _process;
    private readonly string _directory;

    private LoadBalancer(ChildProcess process, string directory, Uri url)
    {
        _process = process;
        _directory = directory;
        Url = url;
    }

    /// <summary>Where clients come in.</summary>
    public Uri Url { get; }

    /// <summary>Starts it and waits until it has found the server.</summary>
    public static async Task<LoadBalancer> StartAsync(Uri server)
    {
        var haproxy = ShellRun.Require("haproxy");
        var directory = Directory.CreateTempSubdirectory("quikapp-lb-").FullName;
        var address = Address();
        string[] environment =
        [
            $"QUIKAPP_LB_BIND={address}", $"QUIKAPP_LB_SOCKET={directory}/socket", "QUIKAPP_LB_MAXCONN=100",
            $"QUIKAPP_NODE1={server.Authority}", $"QUIKAPP_NODE2={Address()}", $"QUIKAPP_NODE3={Address()}",
        ];
        var process = ChildProcess.Start("env", [.. environment, haproxy, "-db", "-f", Repository.PathOf("docker", "haproxy.cfg")], directory);
        var balancer = new LoadBalancer(process, directory, new Uri($"http://{address}"));
        await balancer.WaitAsync();
        return balancer;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private static string Address() => $"127.0.0.1:{FreePort.Next().ToString(CultureInfo.InvariantCulture)}";

    private async Task WaitAsync()
    {
        using var http = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(5) };
        var start = TimeProvider.System.GetTimestamp();
        while (!await IsReadyAsync(http))
        {
            if (_process.HasExited || TimeProvider.System.GetElapsedTime(start) > StartLimit)
                throw new InvalidOperationException($"the load balancer does not work:\n{_process.Transcript}");
            await Task.Delay(Glance);
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception early) when (early is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
