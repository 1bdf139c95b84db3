using System.Globalization;
using System.Net;
using QuikApp.Bench.Load;

namespace QuikApp.Bench.Peers.Product;

/// <summary>Our own server, started as an operator would start it.</summary>
internal sealed class QuikAppPeer : IPeer
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public string Name => "quikapp";

    /// <inheritdoc/>
    public string Description => "this server, one node, SQLite journal: every message is stored and fsynced before it is acknowledged and delivered";

    /// <inheritdoc/>
    public bool IsDurable => true;

    /// <inheritdoc/>
    public IDialect CreateDialect(LoadPlan plan) =>
        new QuikAppDialect(plan.SigningKey ?? throw new OptionException("the plan has no signing key"));

    /// <inheritdoc/>
    public async Task<RunningPeer> StartAsync(PeerRequest request, CancellationToken cancel)
    {
        if (!File.Exists(request.HostPath))
            throw new PeerFailedException("QuikApp.Host.dll is not there: build the solution, or name it with --host");

        var directory = Directory.CreateTempSubdirectory("quikapp-bench-").FullName;
        var key = BenchToken.CreateKey();
        var url = new Uri($"http://127.0.0.1:{PeerServer.FreePort().ToString(CultureInfo.InvariantCulture)}");
        var child = ChildProcess.StartProgram(
            // Paths of the configuration start at the working directory, which is the one that is removed afterwards.
            [Path.GetFullPath(request.HostPath), "--urls", url.GetLeftPart(UriPartial.Authority)],
            directory,
            QuikAppSettings.For(request, directory, key));
        var peer = new RunningPeer(child, url, key, directory);
        try
        {
            await WaitUntilReadyAsync(peer, cancel);
            return peer;
        }
        catch
        {
            await peer.DisposeAsync();
            throw;
        }
    }

    private static async Task WaitUntilReadyAsync(RunningPeer peer, CancellationToken cancel)
    {
        using var client = new HttpClient { BaseAddress = peer.Url, Timeout = TimeSpan.FromSeconds(2) };
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < StartLimit)
        {
            peer.Process.RequireAlive();
            try
            {
                using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), cancel);
                if (answer.StatusCode == HttpStatusCode.OK)
                    return;
            }
            catch (Exception early) when (early is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
            {
                // Not listening yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancel);
        }

        throw new PeerFailedException($"not ready within {StartLimit.TotalSeconds:F0} s: {peer.Process.LastLines}");
    }
}
