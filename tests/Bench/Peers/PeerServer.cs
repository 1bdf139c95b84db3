using System.Globalization;
using System.Net;
using System.Net.Sockets;
using QuikApp.Bench.Load;

namespace QuikApp.Bench.Peers;

/// <summary>What the peers that live in this program share: a bare Kestrel without logging, a heap page, a `ready` line.</summary>
internal static class PeerServer
{
    /// <summary>Where a peer tells the size of its managed heap, in bytes, after a full collection.</summary>
    public const string HeapPath = "/heap";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    /// <summary>The parent's side: starts `peer &lt;kind&gt;` as a child and waits until it listens.</summary>
    public static async Task<RunningPeer> StartChildAsync(string kind, CancellationToken cancel)
    {
        var child = ChildProcess.StartVerb("peer", kind, "--port", FreePort().ToString(CultureInfo.InvariantCulture));
        try
        {
            var line = await child.HearAsync("ready ", StartLimit, cancel);
            return new RunningPeer(child, new Uri(line["ready ".Length..]));
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    /// <summary>A port that is free at the moment.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>The child's side: a builder with everything off that is not under test.</summary>
    public static WebApplicationBuilder CreateBuilder(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        return builder;
    }

    /// <summary>The child's side: listens until the parent is gone.</summary>
    public static async Task<int> ServeAsync(WebApplication app)
    {
        app.MapGet(HeapPath, () => GC.GetTotalMemory(forceFullCollection: true).ToString(CultureInfo.InvariantCulture));
        await app.StartAsync();
        ParentWatch.ExitWithParent();
        await Console.Out.WriteLineAsync($"ready {app.Urls.First()}");
        await app.WaitForShutdownAsync();
        return 0;
    }
}
