using System.Globalization;
using System.Text.Json;
using QuikApp.Cluster.Checking;
using QuikApp.Cluster.History;

namespace QuikApp.Cluster.Cells;

/// <summary>What a cell's run showed: one line for people, one for the table of the operating manual.</summary>
internal sealed record CellReport(string Cell, string Fault, string Deployment, Verdict Verdict, CanaryReport? Canary, IReadOnlyDictionary<string, double> Figures)
{
    /// <summary>Where the lines for machines go; beside the tests when nothing names a file.</summary>
    private static string SummaryFile =>
        Environment.GetEnvironmentVariable("QUIKAPP_CELL_SUMMARY") ?? Path.Combine(AppContext.BaseDirectory, "cells.jsonl");

    /// <summary>The line for people.</summary>
    public override string ToString()
    {
        var (measures, outage) = (Verdict.Measures, Verdict.Measures.Outage);
        var figures = string.Concat(Figures.Select(f => string.Create(CultureInfo.InvariantCulture, $", {f.Key} {f.Value:0.###}")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Cell} {Deployment}: {Verdict.Outcome.ToString().ToUpperInvariant()}, {Fault}; {measures.Operations} pushes, {measures.Acked} acknowledged, "
            + $"{measures.AckedPerSecond:F0} sends/s before, {measures.OperationsInFault} tries in the fault, {measures.Effects} effects, "
            + $"outage p50 {outage.P50.TotalSeconds:F2} s p99 {outage.P99.TotalSeconds:F2} s longest {outage.Longest.TotalSeconds:F2} s{CanaryText()}{figures}");
    }

    /// <summary>Appends the line for machines.</summary>
    public async Task SaveAsync()
    {
        var (measures, outage) = (Verdict.Measures, Verdict.Measures.Outage);
        var line = JsonSerializer.Serialize(new
        {
            cell = Cell,
            fault = Fault,
            deployment = Deployment,
            outcome = Verdict.Outcome.ToString().ToUpperInvariant(),
            operations = measures.Operations,
            acked = measures.Acked,
            ackedPerSecond = measures.AckedPerSecond,
            operationsInFault = measures.OperationsInFault,
            effects = measures.Effects,
            outage = new { p50 = outage.P50.TotalSeconds, p99 = outage.P99.TotalSeconds, longest = outage.Longest.TotalSeconds },
            canary = Canary is null ? null : new { Canary.Requests, Canary.Errors, p50Ms = Canary.MedianLatency.TotalMilliseconds, p99Ms = Canary.P99Latency.TotalMilliseconds },
            figures = Figures,
            violations = Verdict.Violations.Select(v => v.ToString()),
            doubts = Verdict.Doubts,
        });
        await File.AppendAllTextAsync(SummaryFile, line + "\n");
    }

    private string CanaryText() => Canary is null
        ? ""
        : string.Create(
            CultureInfo.InvariantCulture,
            $"; bystander {Canary.Errors} errors of {Canary.Requests}, p50 {Canary.MedianLatency.TotalMilliseconds:F0} ms p99 {Canary.P99Latency.TotalMilliseconds:F0} ms");
}
