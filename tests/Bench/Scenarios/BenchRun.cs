using QuikApp.Bench.Reporting;

namespace QuikApp.Bench.Scenarios;

/// <summary>A run from the command line to the report.</summary>
internal static class BenchRun
{
    /// <summary>Runs a scenario and writes the report.</summary>
    /// <returns>The exit code: 0, or 1 when a run was not valid.</returns>
    public static async Task<int> RunAsync(string scenario, string[] arguments, CancellationToken cancel)
    {
        var options = BenchOptions.Parse(arguments);
        var runner = new CaseRunner(options);
        var results = new List<CaseResult>();
        foreach (var benchCase in ScenarioCatalogue.Cases(scenario, options))
            results.Add(await runner.RunAsync(benchCase, cancel));

        var report = MarkdownReport.Write(Machine.Describe(), CommandText(scenario, arguments), options, results);
        await Console.Out.WriteLineAsync(report);
        if (options.Out is { } path)
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } directory)
                Directory.CreateDirectory(directory);
            await File.WriteAllTextAsync(path, report, cancel);
        }

        return results.All(result => result.IsValid) ? 0 : 1;
    }

    /// <summary>The command as another machine can repeat it: options that name a path are left out.</summary>
    private static string CommandText(string scenario, string[] arguments)
    {
        var kept = arguments.Chunk(2).Where(pair => pair[0] is not ("--out" or "--host")).SelectMany(pair => pair);
        return string.Join(' ', ["dotnet run -c Release --project tests/Bench --", scenario, .. kept]);
    }
}
