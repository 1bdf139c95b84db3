using QuikApp.Actors.Telemetry;
using QuikApp.Host.Configuration;
using QuikApp.Host.Tests.Configuration;

namespace QuikApp.Host.Tests.Telemetry;

public sealed class MetricsEndpointTests
{
    [Fact]
    public async Task Metrics_EveryInstrument_IsShownOnceUsed()
    {
        var text = await ScrapeAsync(() =>
        {
            QuikAppMetrics.SocketOpened();
            QuikAppMetrics.SocketClosed(1000);
            QuikAppMetrics.FramesReceived();
            QuikAppMetrics.FramesSent(2, 300);
            QuikAppMetrics.Refused("rate_limited");
            QuikAppMetrics.RequestRefused("not_found");
            QuikAppMetrics.Sent();
            QuikAppMetrics.JournalWritten(TimeSpan.FromMilliseconds(2));
            QuikAppMetrics.Resumed(10);
            QuikAppMetrics.SlowReaderCut();
        });

        Assert.All(
            [
                "quikapp_sockets_open", "quikapp_frames_received_total", "quikapp_frames_sent_total", "quikapp_bytes_sent_bytes_total",
                "quikapp_refusals_total", "quikapp_api_refusals_total", "quikapp_sends_total", "quikapp_journal_write_duration_seconds_bucket",
                "quikapp_resume_events_total", "quikapp_sockets_slow_cuts_total",
            ],
            name => Assert.Contains($"\n{name}{{", text, StringComparison.Ordinal));
        Assert.Contains("le=\"0.0025\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_ReasonsThatNobodyDocumented_MakeOneSeries()
    {
        var text = await ScrapeAsync(() =>
        {
            for (var i = 0; i < 1_000; i++)
                QuikAppMetrics.Refused($"user-{i}");
        });

        Assert.DoesNotContain("user-", text, StringComparison.Ordinal);
        Assert.Contains("reason=\"other\"", text, StringComparison.Ordinal);
    }

    private static async Task<string> ScrapeAsync(Action act)
    {
        using var sandbox = new Sandbox().Argument("urls", "http://127.0.0.1:0").Argument("Logging:LogLevel:Default", "None");
        await using var host = HostBuilding.CreateBuilder(sandbox.Load()).Build();
        host.UseFrame();
        await host.StartAsync();
        act();
        using var client = new HttpClient();
        return await client.GetStringAsync(new Uri($"{host.Urls.Single()}/metrics"));
    }
}
