using System.Text.RegularExpressions;

namespace QuikApp.Host.Tests.Documentation;

/// <summary>Links between pages lead somewhere: to a file, and to a heading in it.</summary>
public sealed partial class LinkTests
{
    private static readonly string Folder = Path.Combine(Document.Root, "docs");

    public static TheoryData<string> Pages() => [.. Directory.EnumerateFiles(Folder, "*.md").Select(Path.GetFileName).OfType<string>()];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_OfAPage_LeadToAFileAndAHeading(string page) =>
        Assert.All(Link().Matches(File.ReadAllText(Path.Combine(Folder, page))), link =>
        {
            var (file, anchor) = (link.Groups["file"].Value, link.Groups["anchor"].Value);
            var target = Path.Combine(Folder, file.Length > 0 ? file : page);
            Assert.True(Path.Exists(target), link.Value);
            if (anchor.Length > 0)
                Assert.True(Headings(target).Contains(anchor), link.Value);
        });

    private static HashSet<string> Headings(string file) =>
        [.. File.ReadLines(file).Where(line => line.StartsWith('#')).Select(line => Dropped().Replace(line.TrimStart('#', ' ').ToLowerInvariant(), "").Replace(' ', '-'))];

    [GeneratedRegex(@"\]\((?!https?:)(?<file>[^)#\s]*)(#(?<anchor>[^)\s]+))?\)")]
    private static partial Regex Link();

    [GeneratedRegex("[^a-z0-9 _-]")]
    private static partial Regex Dropped();
}
