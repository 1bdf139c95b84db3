using System.Net.Mime;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace QuikApp.Host.Health;

/// <summary>
/// <c>/health/live</c>: the process answers, whatever its database does; a supervisor restarts it when not.
/// <c>/health/ready</c>: it can serve; a load balancer sends no new clients when not.
/// </summary>
internal static class HealthEndpoints
{
    /// <summary>
    /// The tag of checks that must pass before clients are sent here:
    /// <c>AddHealthChecks().AddCheck&lt;T&gt;(name, tags: [HealthEndpoints.ReadyTag], timeout: HealthEndpoints.CheckTimeout)</c>.
    /// </summary>
    public const string ReadyTag = "ready";

    /// <summary>How long one check may take before it counts as failed.</summary>
    public static readonly TimeSpan CheckTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Adds the checks of the host itself.</summary>
    public static IServiceCollection AddQuikAppHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<LifetimeCheck>("lifetime", tags: [ReadyTag], timeout: CheckTimeout);
        return services;
    }

    /// <summary>Maps both endpoints.</summary>
    public static void MapQuikAppHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/health/live", new HealthCheckOptions
        {
            Predicate = _ => false,
            ResponseWriter = (context, _) => Write(context, "live"),
        });
        endpoints.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains(ReadyTag),
            ResultStatusCodes =
            {
                [HealthStatus.Healthy] = StatusCodes.Status200OK,
                [HealthStatus.Degraded] = StatusCodes.Status200OK,
                [HealthStatus.Unhealthy] = StatusCodes.Status503ServiceUnavailable,
            },

            // Which part is down is nobody's business outside; the log says it.
            ResponseWriter = (context, report) => Write(context, report.Status == HealthStatus.Unhealthy ? "not_ready" : "ready"),
        });
    }

    private static Task Write(HttpContext context, string status)
    {
        context.Response.ContentType = MediaTypeNames.Application.Json;
        return context.Response.WriteAsync($$"""{"status":"{{status}}"}""", context.RequestAborted);
    }
}
