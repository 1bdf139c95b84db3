using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using QuikApp.Clients.Running;

namespace QuikApp.Clients.Deployment;

/// <summary>Through docker/haproxy.cfg clients reach what is theirs, over WebSocket, long poll and HTTP, and nothing else.</summary>
[Collection(SharedStage.Name)]
public sealed class LoadBalancerTests(SharedStage shared)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [SkippableFact]
    public async Task WebSocket_ThroughIt_JoinsAChannel()
    {
        var stage = shared.Take();
        await using var balancer = await LoadBalancer.StartAsync(stage.Server.Url);
        using var limit = new CancellationTokenSource(Limit);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {await stage.Server.TokenAsync("balanced")}");

        await socket.ConnectAsync(new Uri($"ws://{balancer.Url.Authority}/socket?vsn=2.0.0"), limit.Token);
        await socket.SendAsync("""["1","1","channel:general","phx_join",{}]"""u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, limit.Token);
        var buffer = new byte[64 * 1024];
        var read = await socket.ReceiveAsync(buffer, limit.Token);

        Assert.StartsWith("[\"1\",\"1\",\"channel:general\",\"phx_reply\",{\"status\":\"ok\"", Encoding.UTF8.GetString(buffer, 0, read.Count), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("/asyncapi.json", 200)]
    [InlineData("/openapi/v1.json", 200)]
    [InlineData("/health/ready", 200)]
    [InlineData("/api/v1/workspaces", 401)]
    [InlineData("/socket/longpoll?vsn=2.0.0", 200)]
    [InlineData("/metrics", 404)]
    [InlineData("/health/live", 404)]
    [InlineData("//metrics", 404)]
    [InlineData("/socket/../metrics", 400)]
    [InlineData("/socket/%2e%2e/metrics", 400)]
    [InlineData("/socket/%2E./metrics", 400)]
    public async Task Request_ForAPath_ReachesTheNodeOrNot(string target, int status)
    {
        var stage = shared.Take();
        await using var balancer = await LoadBalancer.StartAsync(stage.Server.Url);

        // By hand: clients that are meant well tidy paths up before they send them.
        using var tcp = new TcpClient();
        using var limit = new CancellationTokenSource(Limit);
        await tcp.ConnectAsync(IPEndPoint.Parse(balancer.Url.Authority), limit.Token);
        var request = Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: chat\r\nConnection: close\r\n\r\n");
        await tcp.GetStream().WriteAsync(request, limit.Token);
        using var reader = new StreamReader(tcp.GetStream());

        Assert.StartsWith($"HTTP/1.1 {status.ToString(System.Globalization.CultureInfo.InvariantCulture)} ", await reader.ReadLineAsync(limit.Token), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Configuration_WithTls_IsTakenByHAProxy()
    {
        var haproxy = ShellRun.Require("haproxy");
        ShellRun.Require("openssl");
        var directory = Directory.CreateTempSubdirectory("quikapp-secrets-").FullName;
        try
        {
            await ShellRun.RunAsync("bash", "docker/make-secrets.sh", "-d", directory, "quikapp1");
            await ShellRun.RunAsync("env", $"QUIKAPP_TLS_PEM={directory}/site.pem", "QUIKAPP_LB_MAXCONN=100", haproxy, "-c", "-f", "docker/haproxy.cfg");
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
