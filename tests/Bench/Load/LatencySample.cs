namespace QuikApp.Bench.Load;

/// <summary>Delivery times of the sampled sockets.</summary>
internal sealed class LatencySample
{
    // A prime: with channels of 4 members every place in a channel is sampled alike.
    private const int Stride = 13;

    private readonly List<long> _ticks = [];

    /// <summary>Whether this socket's deliveries are timed.</summary>
    public static bool Takes(LoadSocket socket) => socket.Index % Stride == 0;

    /// <summary>Adds one time, in <see cref="System.Diagnostics.Stopwatch"/> ticks.</summary>
    public void Add(long ticks) => _ticks.Add(ticks);

    /// <summary>Adds median and 99th percentile to the figures, if there is anything to take them of.</summary>
    public void AddTo(Dictionary<string, double> values)
    {
        if (_ticks.Count == 0)
            return;
        _ticks.Sort();
        values[FigureKey.MedianMilliseconds] = Milliseconds(0.50);
        values[FigureKey.Percentile99Milliseconds] = Milliseconds(0.99);
    }

    private double Milliseconds(double share)
    {
        var rank = (int)Math.Ceiling(share * _ticks.Count) - 1;
        return _ticks[Math.Clamp(rank, 0, _ticks.Count - 1)] * 1000.0 / System.Diagnostics.Stopwatch.Frequency;
    }
}
