using System.Globalization;
using QuikApp.Cluster.Topology;

namespace QuikApp.Cluster.Storm;

/// <summary>Counts, once a second, the connections that the database gives to the product.</summary>
internal sealed class ConnectionWatch : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;

    public ConnectionWatch(PostgresMachine database) => _running = Task.Run(async () =>
    {
        while (!_stopping.IsCancellationRequested)
        {
            var count = int.Parse(await database.SqlAsync("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'quikapp'"), CultureInfo.InvariantCulture);
            (Most, Samples) = (Math.Max(Most, count), Samples + 1);
            await Task.Delay(Period, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    });

    /// <summary>The most at once.</summary>
    public int Most { get; private set; }

    /// <summary>How often it looked.</summary>
    public int Samples { get; private set; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }
}
