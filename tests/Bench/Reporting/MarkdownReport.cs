using System.Globalization;
using System.Text;
using QuikApp.Bench.Peers;
using QuikApp.Bench.Scenarios;

namespace QuikApp.Bench.Reporting;

/// <summary>The report: what was run where, then a table for each case.</summary>
internal static class MarkdownReport
{
    /// <summary>Writes the report.</summary>
    public static string Write(string machine, string command, BenchOptions options, IReadOnlyList<CaseResult> results)
    {
        var text = new StringBuilder();
        text.AppendLine("# Benchmarks").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"`{command}`").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}; {machine}.").AppendLine();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"Median of {options.Rounds} rounds (least–most); the peers take turns, each round with a fresh server, {options.Warmup} s of load before {options.Seconds} s of measurement.");
        text.AppendLine("Server and load client share the machine. Server CPU is user and system time of the server's process over the window.");
        text.AppendLine("Where other processes took much of a core, latency and throughput are theirs as much as the server's.");
        text.AppendLine("A run counts only if every member got every message exactly once and in order.").AppendLine();
        foreach (var peer in results.SelectMany(result => result.Peers).Distinct())
            text.AppendLine(CultureInfo.InvariantCulture, $"* `{peer.Name}`: {peer.Description}");
        foreach (var result in results)
            AppendCase(text, result);
        return text.ToString();
    }

    private static void AppendCase(StringBuilder text, CaseResult result)
    {
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"## {result.Case.Title}").AppendLine();
        if (result.Peers.Count == 0)
        {
            text.AppendLine("None of the chosen peers stores messages.");
            return;
        }

        var headings = new List<string> { "peer" };
        foreach (var figure in result.Case.Figures)
        {
            headings.Add(figure.Heading);
            if (figure.IsCompared)
                headings.Add($"to `{PeerCatalogue.Reference.Name}`");
        }

        AppendRow(text, headings);
        AppendRow(text, headings.Select((_, column) => column == 0 ? "---" : "---:"));
        foreach (var peer in result.Peers)
            AppendRow(text, Cells(result, peer));
        foreach (var (peer, problem) in result.Peers.SelectMany(peer => result.Problems(peer).Select(problem => (peer, problem))))
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"**INVALID** (`{peer.Name}`): {problem}");
    }

    private static IEnumerable<string> Cells(CaseResult result, IPeer peer)
    {
        yield return result.Problems(peer).Any() ? $"{peer.Name} (INVALID)" : peer.Name;
        foreach (var figure in result.Case.Figures)
        {
            yield return Cell(result.Of(peer, figure.Key), figure.Format);
            if (figure.IsCompared)
                yield return Cell(result.Ratio(peer, PeerCatalogue.Reference, figure.Key), "N2");
        }
    }

    private static string Cell(Spread? spread, string format)
    {
        if (spread is null)
            return "–";
        var median = spread.Median.ToString(format, CultureInfo.InvariantCulture);
        var least = spread.Least.ToString(format, CultureInfo.InvariantCulture);
        var most = spread.Most.ToString(format, CultureInfo.InvariantCulture);
        return least == most ? median : $"{median} ({least}–{most})";
    }

    private static void AppendRow(StringBuilder text, IEnumerable<string> cells) =>
        text.AppendLine(CultureInfo.InvariantCulture, $"| {string.Join(" | ", cells)} |");
}
