using System.Text.RegularExpressions;

namespace QuikApp.Host.Tests.Documentation;

/// <summary>A page of the documentation, as it stands in the source tree.</summary>
internal sealed partial class Document
{
    private readonly string _text;

    private Document(string text) => _text = text;

    /// <summary>The root of the source tree that these tests were built from.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Reads a page.</summary>
    /// <param name="name">Its file name in <c>docs</c>.</param>
    public static Document Read(string name) => new(File.ReadAllText(Path.Combine(Root, "docs", name)));

    /// <summary>The part from the heading to the next one of the same level or above, without code blocks.</summary>
    public Document Section(string heading)
    {
        var level = heading.TrimStart('#').Length is var rest ? heading.Length - rest : 0;
        var lines = _text.Split('\n').SkipWhile(line => line != heading).ToList();
        Assert.True(lines.Count > 0, $"there is no '{heading}'");
        var end = lines.FindIndex(1, line => line.StartsWith('#') && line.TakeWhile(c => c == '#').Count() <= level);
        return new Document(string.Join('\n', end < 0 ? lines : lines[..end]));
    }

    /// <summary>The cells of all table rows, without heads and rulers.</summary>
    public IReadOnlyList<string[]> Rows()
    {
        var rows = new List<string[]>();
        var lines = _text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var isHead = i + 1 < lines.Length && lines[i + 1].StartsWith("| ---", StringComparison.Ordinal);
            if (lines[i].StartsWith("| ", StringComparison.Ordinal) && !lines[i].StartsWith("| ---", StringComparison.Ordinal) && !isHead)
                rows.Add([.. lines[i].Trim('|', ' ').Split('|').Select(cell => cell.Trim())]);
        }

        return rows;
    }

    /// <summary>What stands in backticks at the begin of table rows.</summary>
    public IReadOnlyList<string> Keys() =>
        [.. Rows().SelectMany(row => Code().Matches(row[0]).Select(match => match.Groups[1].Value))];

    /// <summary>The lines of all blocks of JSON: one value each.</summary>
    public IReadOnlyList<string> Json() =>
        [.. JsonBlock().Matches(_text).SelectMany(block => block.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))];

    /// <summary>The blocks of HTTP: a request or an answer each.</summary>
    public IReadOnlyList<string> Http() => [.. HttpBlock().Matches(_text).Select(block => block.Groups[1].Value)];

    /// <summary>Whether the page has these characters.</summary>
    public bool Contains(string text) => _text.Contains(text, StringComparison.Ordinal);

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Directory.Packages.props")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new InvalidOperationException("the tests do not run inside their source tree");
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex("^```http\n(.*?)\n```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex HttpBlock();

    [GeneratedRegex("^```json\n(.*?)\n```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex JsonBlock();
}
