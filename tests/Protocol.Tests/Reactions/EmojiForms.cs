namespace QuikApp.Protocol.Tests.Reactions;

/// <summary>Every form of Unicode's emoji-test.txt, 15.0.</summary>
internal static class EmojiForms
{
    public static IReadOnlyList<(string Status, string Text)> All { get; } = [.. Read()];

    private static IEnumerable<(string Status, string Text)> Read()
    {
        using var reader = new StreamReader(typeof(EmojiForms).Assembly.GetManifestResourceStream("emoji-test-forms.txt")!);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;
            var parts = line.Split(' ');
            yield return (parts[0], string.Concat(parts.Skip(1).Select(hex => char.ConvertFromUtf32(Convert.ToInt32(hex, 16)))));
        }
    }
}
