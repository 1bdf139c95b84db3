using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace QuikApp.Host.Health;

/// <summary>Passes between the end of the start and the begin of the stop: a draining node takes no new clients.</summary>
internal sealed class LifetimeCheck(IHostApplicationLifetime lifetime) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(lifetime switch
        {
            { ApplicationStopping.IsCancellationRequested: true } => HealthCheckResult.Unhealthy("draining"),
            { ApplicationStarted.IsCancellationRequested: false } => HealthCheckResult.Unhealthy("starting"),
            _ => HealthCheckResult.Healthy(),
        });
}
