using System.Threading.RateLimiting;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Conversations;

/// <summary>
/// Sends a user and conversation: one token bucket each, on the node where the conversation lives, so that a user's
/// devices share it wherever they are connected.
/// </summary>
/// <param name="burst">Sends at once.</param>
/// <param name="perSecond">Sends a second after that.</param>
internal sealed class SendLimits(int burst, int perSecond) : IDisposable
{
    private readonly PartitionedRateLimiter<(StreamId, UserId)> _limiter =
        PartitionedRateLimiter.Create<(StreamId, UserId), (StreamId, UserId)>(who => RateLimitPartition.GetTokenBucketLimiter(
            who,
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = burst,
                TokensPerPeriod = 1,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1.0 / perSecond),
                QueueLimit = 0,
            }));

    /// <summary>Takes one send; false when there is none left.</summary>
    /// <param name="stream">The conversation.</param>
    /// <param name="user">The sender.</param>
    /// <param name="retryAfter">When to try again, if refused.</param>
    public bool TryTake(StreamId stream, UserId user, out TimeSpan retryAfter)
    {
        using var lease = _limiter.AttemptAcquire((stream, user));
        retryAfter = TimeSpan.Zero;
        if (!lease.IsAcquired)
            retryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
