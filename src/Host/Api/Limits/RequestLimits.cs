using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using QuikApp.Host.Api.Problems;
using QuikApp.Host.Configuration;

namespace QuikApp.Host.Api.Limits;

/// <summary>
/// Token buckets of the HTTP API: one an address before anything of the request is looked at, since checking a token costs
/// more than sending one; one a user behind authentication.
/// </summary>
internal static class RequestLimits
{
    private const int Ipv6PrefixBytes = 8;

    /// <summary>The limit of an address.</summary>
    public static RateLimiterOptions OfAddress(LimitOptions limits) => Options(context => RateLimitPartition.GetTokenBucketLimiter(
        PartitionOf(context.Connection.RemoteIpAddress), _ => Bucket(limits.AddressRequestBurst, limits.AddressRequestsPerSecond)));

    /// <summary>The limit of a user.</summary>
    public static RateLimiterOptions OfUser(LimitOptions limits) => Options(context => context.User.Identity?.Name is { } user
        ? RateLimitPartition.GetTokenBucketLimiter(user, _ => Bucket(limits.RequestBurst, limits.RequestsPerSecond))
        : RateLimitPartition.GetNoLimiter(""));

    private static RateLimiterOptions Options<TKey>(Func<HttpContext, RateLimitPartition<TKey>> partition)
        where TKey : notnull => new()
        {
            GlobalLimiter = PartitionedRateLimiter.Create(partition),
            OnRejected = static (rejected, _) =>
            {
                var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
                return new ValueTask(Problem.RateLimited(wait).WriteAsync(rejected.HttpContext.Response));
            },
        };

    private static TokenBucketRateLimiterOptions Bucket(int burst, int perSecond) => new()
    {
        TokenLimit = burst,
        TokensPerPeriod = 1,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1.0 / perSecond),
        QueueLimit = 0,
    };

    // Whoever has one IPv6 address has the 2^64 beside it.
    private static IPAddress PartitionOf(IPAddress? address)
    {
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6 })
            return address ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(Ipv6PrefixBytes).Clear();
        return new IPAddress(bytes);
    }
}
