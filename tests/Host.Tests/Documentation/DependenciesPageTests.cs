using System.Text.Json;
using System.Xml.Linq;

namespace QuikApp.Host.Tests.Documentation;

/// <summary>Every package that a project of ours names is accounted for, in the version that is used.</summary>
public sealed class DependenciesPageTests
{
    private static readonly Document Page = Document.Read("dependencies.md");

    [Fact]
    public void Packages_OfTheProjects_AreExactlyThoseOfTheTable()
    {
        var versions = XDocument.Load(Path.Combine(Document.Root, "Directory.Packages.props")).Descendants("PackageVersion")
            .ToDictionary(package => package.Attribute("Include")!.Value, package => package.Attribute("Version")!.Value);
        var used = Files("*.csproj").Append(Path.Combine(Document.Root, "Directory.Build.props"))
            .SelectMany(file => XDocument.Load(file).Descendants("PackageReference"))
            .Select(package => package.Attribute("Include")!.Value)
            .Distinct()
            .Select(name => $"{name} {versions[name]}");

        Assert.Equal(used.Order(StringComparer.Ordinal), Named("## NuGet packages"));
    }

    [Fact]
    public void Packages_OfTheNodeTests_AreExactlyThoseOfTheTable()
    {
        var used = Files("package.json")
            .SelectMany(file => JsonDocument.Parse(File.ReadAllBytes(file)).RootElement.GetProperty("dependencies").EnumerateObject())
            .Select(package => $"{package.Name} {package.Value.GetString()}");

        Assert.Equal(used.Order(StringComparer.Ordinal), Named("## npm packages"));
    }

    [Fact]
    public void Rows_Each_HaveALicenceAndAReason() =>
        Assert.All(
            Page.Section("## NuGet packages").Rows().Concat(Page.Section("## npm packages").Rows()),
            row => Assert.True(row.Length == 4 && row.All(cell => cell.Length > 0), row[0]));

    private static IEnumerable<string> Named(string heading) =>
        Page.Section(heading).Rows().Select(row => $"{row[0]} {row[1]}").Order(StringComparer.Ordinal);

    // Build output and restored packages hold project and package files too.
    private static IEnumerable<string> Files(string pattern) =>
        new[] { "src", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Document.Root, folder), pattern, SearchOption.AllDirectories))
            .Where(file => !Path.GetRelativePath(Document.Root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules"));
}
