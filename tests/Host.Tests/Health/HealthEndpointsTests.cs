using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using QuikApp.Host.Configuration;
using QuikApp.Host.Health;
using QuikApp.Host.Tests.Configuration;

namespace QuikApp.Host.Tests.Health;

public sealed class HealthEndpointsTests
{
    [Theory]
    [InlineData(HealthStatus.Healthy, HttpStatusCode.OK, "ready")]
    [InlineData(HealthStatus.Degraded, HttpStatusCode.OK, "ready")]
    [InlineData(HealthStatus.Unhealthy, HttpStatusCode.ServiceUnavailable, "not_ready")]
    public async Task Ready_FollowsTheChecksWithItsTag(HealthStatus status, HttpStatusCode code, string text)
    {
        await using var host = await StartAsync(new HealthCheckResult(status, "the canary database is down"), HealthEndpoints.ReadyTag);

        await AssertAnswerAsync(host, "/health/ready", code, text);
    }

    [Fact]
    public async Task Live_DoesNotAskTheChecks()
    {
        await using var host = await StartAsync(HealthCheckResult.Unhealthy(), HealthEndpoints.ReadyTag);

        await AssertAnswerAsync(host, "/health/live", HttpStatusCode.OK, "live");
    }

    [Fact]
    public async Task Ready_CheckWithAnotherTag_IsNotAsked()
    {
        await using var host = await StartAsync(HealthCheckResult.Unhealthy(), "liveness");

        await AssertAnswerAsync(host, "/health/ready", HttpStatusCode.OK, "ready");
    }

    [Theory]
    [InlineData(false, false, HealthStatus.Unhealthy)]
    [InlineData(true, false, HealthStatus.Healthy)]
    [InlineData(true, true, HealthStatus.Unhealthy)]
    public async Task Lifetime_OutsideOfStartAndStop_IsNotReady(bool started, bool stopping, HealthStatus expected)
    {
        var check = new LifetimeCheck(new Lifetime(started, stopping));

        Assert.Equal(expected, (await check.CheckHealthAsync(new HealthCheckContext())).Status);
    }

    private static async Task AssertAnswerAsync(WebApplication host, string path, HttpStatusCode code, string status)
    {
        using var client = new HttpClient();
        var answer = await client.GetAsync(new Uri(host.Urls.Single() + path));

        Assert.Equal(code, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal($$"""{"status":"{{status}}"}""", await answer.Content.ReadAsStringAsync());
        Assert.False(answer.Headers.Contains("Server"));
    }

    private static async Task<WebApplication> StartAsync(HealthCheckResult result, string tag)
    {
        using var sandbox = new Sandbox().Argument("urls", "http://127.0.0.1:0").Argument("Logging:LogLevel:Default", "None");
        var builder = HostBuilding.CreateBuilder(sandbox.Load());
        builder.Services.AddHealthChecks().AddCheck("part", () => result, [tag]);
        var host = builder.Build();
        host.UseFrame();
        await host.StartAsync();
        return host;
    }

    private sealed class Lifetime(bool started, bool stopping) : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted { get; } = new(started);

        public CancellationToken ApplicationStopping { get; } = new(stopping);

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication()
        {
        }
    }
}
