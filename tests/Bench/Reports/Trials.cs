using System.Globalization;

namespace QuikApp.Bench.Reports;

/// <summary>Times of the same thing, tried again and again.</summary>
internal sealed class Trials
{
    private readonly List<double> _milliseconds = [];

    /// <summary>The headings of <see cref="Row"/>.</summary>
    public const string Heading = "| what | trials | p50, ms | p99, ms | longest, ms |\n| --- | ---: | ---: | ---: | ---: |\n";

    /// <summary>Adds a trial.</summary>
    public void Add(TimeSpan time) => _milliseconds.Add(time.TotalMilliseconds);

    /// <summary>A row of the table.</summary>
    public string Row(string what) => string.Create(
        CultureInfo.InvariantCulture, $"| {what} | {_milliseconds.Count} | {At(0.5):N0} | {At(0.99):N0} | {At(1):N0} |\n");

    private double At(double share)
    {
        _milliseconds.Sort();
        var rank = (int)Math.Ceiling(share * _milliseconds.Count) - 1;
        return _milliseconds[Math.Clamp(rank, 0, _milliseconds.Count - 1)];
    }
}
