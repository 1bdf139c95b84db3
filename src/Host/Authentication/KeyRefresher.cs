using Microsoft.Extensions.Options;

namespace QuikApp.Host.Authentication;

/// <summary>Fetches the issuer's keys at start and by schedule; sooner again after a failure.</summary>
internal sealed class KeyRefresher(Lazy<IVerificationKeys> keys, IOptions<AuthOptions> options, TimeProvider time) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Lazy, because the host makes its background services before it validates options: an operator is to see all
        // wrong settings at once, not the first that a service trips over.
        if (keys.Value is not PublishedKeys published)
            return;

        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                var pause = await published.RefreshAsync() ? options.Value.KeyRefreshInterval
                    : published.HasKeys ? PublishedKeys.ForcedInterval
                    : PublishedKeys.FirstInterval;
                await Task.Delay(pause, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is stopping.
        }
    }
}
