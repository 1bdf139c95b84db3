using Npgsql;

namespace QuikApp.Cluster.Topology;

/// <summary>Another client of the database, which takes every connection that is left.</summary>
internal sealed class ConnectionHog : IAsyncDisposable
{
    private const int MoreThanThereAre = 1_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly string _connectionString;
    private readonly List<NpgsqlConnection> _held = [];
    private readonly CancellationTokenSource _stopping = new();
    private Task _taking = Task.CompletedTask;

    private ConnectionHog(string connectionString) => _connectionString = connectionString;

    /// <summary>How many it has.</summary>
    public int Held
    {
        get
        {
            lock (_held)
                return _held.Count;
        }
    }

    /// <summary>Takes what is left, and goes on taking what others give back.</summary>
    public static async Task<ConnectionHog> StartAsync(string connectionString)
    {
        var hog = new ConnectionHog(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Timeout = 5 }.ConnectionString);
        while (await hog.TakeOneAsync())
        {
        }

        hog._taking = Task.Run(hog.GoOnAsync);
        return hog;
    }

    /// <summary>Gives all of them back.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _taking;
        await Task.WhenAll(_held.Select(connection => connection.DisposeAsync().AsTask()));
        _stopping.Dispose();
    }

    private async Task GoOnAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            if (!await TakeOneAsync())
                await Task.Delay(Pause);
        }
    }

    private async Task<bool> TakeOneAsync()
    {
        if (Held >= MoreThanThereAre)
            return false;
        var connection = new NpgsqlConnection(_connectionString);
        try
        {
            await connection.OpenAsync();
            lock (_held)
                _held.Add(connection);
            return true;
        }
        catch (NpgsqlException)
        {
            await connection.DisposeAsync();
            return false;
        }
    }
}
