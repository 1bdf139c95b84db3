using System.Collections.Frozen;

namespace QuikApp.Host.Authentication;

/// <summary>
/// The keys that the issuer publishes. Lookups read memory; fetches are one at a time, by schedule
/// (<see cref="KeyRefresher"/>) or because of an unknown name, which a flood of invented names cannot make frequent. What a
/// fetch brings replaces everything, so a withdrawn key is refused from then on; a failed fetch changes nothing.
/// </summary>
internal sealed partial class PublishedKeys(KeySetRetriever retriever, TimeProvider time, ILogger<PublishedKeys> logger)
    : IVerificationKeys, IDisposable
{
    /// <summary>The least time between two fetches because of unknown names.</summary>
    public static readonly TimeSpan ForcedInterval = TimeSpan.FromMinutes(5);

    /// <summary>The same while no fetch has succeeded yet: without any key, nobody can come in.</summary>
    public static readonly TimeSpan FirstInterval = TimeSpan.FromSeconds(10);

    private readonly ILogger _logger = logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private volatile FrozenDictionary<string, VerificationKey>? _keys;
    private Task<bool> _fetch = Task.FromResult(false);
    private long? _forcedAt;

    /// <summary>Whether a fetch has ever succeeded.</summary>
    public bool HasKeys => _keys is not null;

    /// <inheritdoc/>
    public async ValueTask<VerificationKey?> FindAsync(string? kid)
    {
        // A set changes, and a token without a name would come to mean another key.
        if (kid is null)
            return null;

        if (Find(kid) is { } known)
            return known;

        if (TryForce() is not { } fetch)
            return null;

        await fetch;
        return Find(kid);
    }

    /// <summary>Fetches now, or joins the fetch under way; false when it failed. Never throws.</summary>
    public Task<bool> RefreshAsync()
    {
        lock (_gate)
            return Fetch_NeedsLock();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
        retriever.Dispose();
    }

    private VerificationKey? Find(string kid) => _keys?.GetValueOrDefault(kid);

    private Task<bool>? TryForce()
    {
        lock (_gate)
        {
            if (!_fetch.IsCompleted)
                return _fetch;

            var interval = HasKeys ? ForcedInterval : FirstInterval;
            if (_forcedAt is { } last && time.GetElapsedTime(last) < interval)
                return null;

            _forcedAt = time.GetTimestamp();
            return Fetch_NeedsLock();
        }
    }

    private Task<bool> Fetch_NeedsLock()
    {
        if (_fetch.IsCompleted && !_stopping.IsCancellationRequested)
            _fetch = Task.Run(FetchAsync);
        return _fetch;
    }

    private async Task<bool> FetchAsync()
    {
        try
        {
            var reading = await retriever.FetchAsync(_stopping.Token);
            if (!reading.Succeeded)
            {
                LogFailed(reading.Problem);
                return false;
            }

            _keys = reading.Keys.ToFrozenDictionary(key => key.Kid!, StringComparer.Ordinal);
            LogFetched(reading.Keys.Count);
            return true;
        }
        catch (Exception e)
        {
            // Every known fault is a reading. One that is not must cost neither the known keys nor the schedule.
            if (!_stopping.IsCancellationRequested)
                LogFailed(e.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(EventId = 2111, Level = LogLevel.Information, Message = "The issuer publishes {Count} usable keys")]
    private partial void LogFetched(int count);

    [LoggerMessage(EventId = 2112, Level = LogLevel.Warning, Message = "Auth:Authority {Problem}; the keys known so far stay in use")]
    private partial void LogFailed(string problem);
}
