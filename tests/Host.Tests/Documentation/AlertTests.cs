using System.Text.RegularExpressions;

namespace QuikApp.Host.Tests.Documentation;

/// <summary>Alerts ask for metrics that there are, and each is on the page for operators.</summary>
public sealed partial class AlertTests
{
    private static readonly string Rules = File.ReadAllText(Path.Combine(Document.Root, "docker", "alerts.yaml"));

    private static readonly Document Page = Document.Read("operating.md");

    [Fact]
    public void Metrics_OfTheRules_AreThoseOfThePage()
    {
        var known = Page.Section("## Metrics").Rows()
            .SelectMany(row => Exposed(row[0].Trim('`').Replace('.', '_'), row[1].Trim('`')))
            .ToHashSet(StringComparer.Ordinal);

        var asked = Metric().Matches(Rules).Select(match => match.Value).Distinct().ToList();

        Assert.NotEmpty(asked);
        Assert.All(asked, metric => Assert.Contains(metric, known));
    }

    [Fact]
    public void Alerts_OfTheRules_AreExactlyThoseOfTheTable() =>
        Assert.Equal(
            Alert().Matches(Rules).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal),
            Page.Section("## Alarms").Keys().Where(key => key.StartsWith("QuikApp", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    // As the exporter writes an instrument of each kind; which kind it is the page does not say.
    private static IEnumerable<string> Exposed(string name, string unit) => unit switch
    {
        "s" => [$"{name}_seconds_bucket"],
        "By" => [$"{name}_bytes", $"{name}_bytes_total"],
        _ => [name, $"{name}_total"],
    };

    [GeneratedRegex("quikapp_[a-z_]+")]
    private static partial Regex Metric();

    [GeneratedRegex("alert: ([A-Za-z]+)")]
    private static partial Regex Alert();
}
