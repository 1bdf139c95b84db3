using System.Net;
using System.Threading.RateLimiting;

namespace QuikApp.Host.Sessions;

/// <summary>Handshakes an address: one token bucket each.</summary>
/// <param name="burst">Handshakes at once.</param>
/// <param name="perSecond">Handshakes a second after that.</param>
internal sealed class HandshakeLimits(int burst, int perSecond) : IDisposable
{
    private readonly PartitionedRateLimiter<IPAddress> _limiter = PartitionedRateLimiter.Create<IPAddress, IPAddress>(
        address => RateLimitPartition.GetTokenBucketLimiter(address, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1.0 / perSecond),
            QueueLimit = 0,
        }));

    /// <summary>Takes one handshake; false when the address has none left.</summary>
    public bool TryTake(IPAddress? address, out TimeSpan retryAfter)
    {
        retryAfter = TimeSpan.Zero;
        using var lease = _limiter.AttemptAcquire(address ?? IPAddress.None);
        if (!lease.IsAcquired)
            retryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
