namespace QuikApp.Bench.Reports;

/// <summary>A measurement of the product alone, which builds its own servers; no peer can be asked the same.</summary>
internal interface IReport
{
    /// <summary>The name on the command line.</summary>
    string Name { get; }

    /// <summary>Measures.</summary>
    /// <returns>The sections of the report, as Markdown.</returns>
    Task<string> RunAsync(BenchOptions options, CancellationToken cancel);
}
