using System.Text;
using System.Text.Json;
using QuikApp.Protocol.Journal;

namespace QuikApp.Protocol.Tests.Journal;

/// <summary>The examples of docs/journal.md are the vectors' own bytes.</summary>
public sealed class DocumentationTests
{
    private static readonly string[] Lines = File.ReadAllLines(SourceTree.PathOf("docs", "journal.md"));

    [Fact]
    public void Examples_HeadersAndBodies_AreThoseOfVectors()
    {
        var real = GoldenVector.All.SelectMany(vector => new[] { Header(vector.Name), Body(vector.Name) }).ToHashSet();
        var shown = Lines.Where(line => line.StartsWith('{')).ToList();
        Assert.All(shown, line => Assert.Contains(line, real));
        Assert.Equal(33, shown.Count);
    }

    [Fact]
    public void Documentation_TypesAndFaults_AreAllNamed()
    {
        var text = string.Join('\n', Lines);
        Assert.All(GoldenVector.All, vector => Assert.Contains($"`{EventTypes.Of(vector.Event.Event)}`", text, StringComparison.Ordinal));
        Assert.All(Enum.GetNames<JournalFault>(), fault => Assert.Contains($"| `{fault}` |", text, StringComparison.Ordinal));
    }

    private static string Header(string name) => Encoding.UTF8.GetString(JournalRecord.Parse(GoldenVector.ReadBytes(name)).HeaderBytes.Span);

    private static string Body(string name)
    {
        using var description = JsonDocument.Parse(GoldenVector.ReadDescription(name));
        var json = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(description.RootElement.GetProperty("disclosure").GetString()));
        return json[json.IndexOf('{', StringComparison.Ordinal)..^1];
    }
}
