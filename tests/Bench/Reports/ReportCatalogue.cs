using System.Globalization;
using QuikApp.Bench.Reporting;

namespace QuikApp.Bench.Reports;

/// <summary>The measurements of the product alone.</summary>
internal static class ReportCatalogue
{
    private static readonly IReport[] All = [new ClusterResume(), new Restart(), new JournalWriters()];

    /// <summary>Their names.</summary>
    public static IEnumerable<string> Names => All.Select(report => report.Name);

    /// <summary>Whether there is one of this name.</summary>
    public static bool Has(string name) => Names.Contains(name, StringComparer.Ordinal);

    /// <summary>Runs one and writes what it found.</summary>
    public static async Task RunAsync(string name, string[] arguments, CancellationToken cancel)
    {
        var options = BenchOptions.Parse(arguments);
        var before = LoadAverage();
        var sections = await All.First(report => report.Name == name).RunAsync(options, cancel);
        var report = string.Create(
            CultureInfo.InvariantCulture,
            $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}; {Machine.Describe()}. Load average of the machine (1 min) before: {before}, after: {LoadAverage()}.\n\n{sections}");
        await Console.Out.WriteLineAsync(report);
        if (options.Out is { } path)
            await File.WriteAllTextAsync(path, report, cancel);
    }

    private static string LoadAverage() => File.ReadAllText("/proc/loadavg").Split(' ')[0];
}
