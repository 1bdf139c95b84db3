using System.Globalization;
using QuikApp.Clients.Running;

namespace QuikApp.Clients.Calls;

/// <summary>Two real browsers with the stock client and their own WebRTC.</summary>
public sealed class BrowserCallTests
{
    private static readonly string[] Browsers = ["chromium", "chromium-browser", "google-chrome"];

    [SkippableFact]
    public async Task Call_BetweenTwoPages_OpensADataChannelByRelayedSignals()
    {
        var chromium = Browsers.Select(RequiredTool.Find).FirstOrDefault(path => path is not null);
        RequiredTool.RequireNothingMissing(chromium is null ? "chromium is not installed" : null);
        var allowed = FreePort.Next();
        await using var stage = await Stage.SetAsync(
            [.. SharedStage.WideLimits, string.Create(CultureInfo.InvariantCulture, $"Http:AllowedOrigins:0=http://127.0.0.1:{allowed}")]);
        await stage.PlayAsync("webrtc", new { chromium, allowed, foreign = FreePort.Next() });
    }
}
