using Microsoft.Extensions.Options;

namespace QuikApp.Host.Authentication.Revocations;

/// <summary>Reads the table of revocations, first before the server listens and then as often as configured.</summary>
internal sealed partial class RevocationWatch(
    TokenRevocations revocations, IOptions<AuthOptions> options, TimeProvider time, ILogger<RevocationWatch> logger) : BackgroundService
{
    private bool _failing;

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Read(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(options.Value.RevocationPoll, time, stoppingToken);
            await Read(stoppingToken);
        }
    }

    private async Task Read(CancellationToken cancellation)
    {
        try
        {
            await revocations.Refresh(cancellation);
            if (_failing)
                LogReadAgain();
            _failing = false;
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // Once for each outage: it is tried again twice a second, and readiness tells how it stands.
            if (!_failing)
                LogCannotRead(e, options.Value.RevocationsStaleAfter.TotalSeconds);
            _failing = true;
        }
    }

    [LoggerMessage(EventId = 2201, Level = LogLevel.Error, Message = "Revocations cannot be read; if this lasts for {Seconds} s, no token is accepted until they can be")]
    private partial void LogCannotRead(Exception error, double seconds);

    [LoggerMessage(EventId = 2202, Level = LogLevel.Information, Message = "Revocations can be read again")]
    private partial void LogReadAgain();
}
