using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace QuikApp.Host.Authentication.Revocations;

/// <summary>Not ready while nobody can say which tokens were taken back.</summary>
internal sealed class RevocationCheck(IRevocations revocations) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(revocations.IsCurrent ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("revocations were not read lately"));
}
