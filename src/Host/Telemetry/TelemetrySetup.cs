using OpenTelemetry.Metrics;
using QuikApp.Actors.Storage;
using QuikApp.Actors.Telemetry;

namespace QuikApp.Host.Telemetry;

/// <summary>Shows the meters to Prometheus.</summary>
internal static class TelemetrySetup
{
    /// <summary>Label combinations of one instrument; more are summed up, so that no input can fill the memory.</summary>
    private const int MaxSeries = 200;

    /// <summary>Gathers our meter, the server's and the runtime's.</summary>
    public static IServiceCollection AddQuikAppTelemetry(this IServiceCollection services)
    {
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(QuikAppMetrics.MeterName, StorageMetrics.MeterName, "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
            .AddView("*", new MetricStreamConfiguration { CardinalityLimit = MaxSeries })
            .AddPrometheusExporter());
        return services;
    }

    /// <summary>Maps <c>/metrics</c>.</summary>
    public static void MapQuikAppTelemetry(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPrometheusScrapingEndpoint("/metrics");
}
