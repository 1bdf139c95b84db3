using System.Globalization;
using System.Runtime.InteropServices;
using QuikApp.Bench;
using QuikApp.Bench.Load;
using QuikApp.Bench.Peers;
using QuikApp.Bench.Peers.Floor;
using QuikApp.Bench.Peers.SignalR;
using QuikApp.Bench.Reports;
using QuikApp.Bench.Scenarios;

if (!OperatingSystem.IsLinux())
{
    await Console.Error.WriteLineAsync("the bench reads /proc and uses epoll: it runs on Linux");
    return 64;
}

try
{
    return args switch
    {
        // What the bench calls itself as; the words below are what a person calls.
        ["client"] => await LoadClient.RunAsync(),
        ["guard", var processId, var directory] => await ProcessGuard.RunAsync(processId, directory),
        ["peer", "signalr", "--port", var port] => await SignalRServer.RunAsync(int.Parse(port, CultureInfo.InvariantCulture)),
        ["peer", "websocket", "--port", var port] => await WebSocketServer.RunAsync(int.Parse(port, CultureInfo.InvariantCulture)),
        [var name, .. var rest] when ScenarioCatalogue.Has(name) || ReportCatalogue.Has(name) => await RunScenarioAsync(name, rest),
        _ => await ShowUsageAsync(),
    };
}
catch (OptionException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 64;
}

static async Task<int> RunScenarioAsync(string name, string[] rest)
{
    using var stop = new CancellationTokenSource();
    void Stop(PosixSignalContext signal)
    {
        // The children are ended on the way out, so the way out must be taken.
        signal.Cancel = true;
        stop.Cancel();
    }

    using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
    try
    {
        if (!ReportCatalogue.Has(name))
            return await BenchRun.RunAsync(name, rest, stop.Token);
        await ReportCatalogue.RunAsync(name, rest, stop.Token);
        return 0;
    }
    catch (OperationCanceledException) when (stop.IsCancellationRequested)
    {
        return 130;
    }
}

static async Task<int> ShowUsageAsync()
{
    await Console.Error.WriteLineAsync(
        $"""
        usage: dotnet run -c Release --project tests/Bench -- <scenario> [--option value ...]
        scenarios: {string.Join(", ", ScenarioCatalogue.Names)}
        product:   {string.Join(", ", ReportCatalogue.Names)} (root and PostgreSQL for those that need a cluster; --text, --messages, --rounds, --seconds, --out)
        options:   --peers a,b  --rounds N  --seconds N  --warmup N  --text BYTES  --sockets N  --channels N  --members N
                   --rate N  --outstanding N  --messages N  --host PATH  --out FILE
        peers:     {string.Join(", ", PeerCatalogue.All.Select(peer => peer.Name))}
        """);
    return 64;
}
