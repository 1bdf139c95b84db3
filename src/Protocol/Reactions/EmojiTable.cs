using System.Collections.Frozen;
using System.Text;

namespace QuikApp.Protocol.Reactions;

/// <summary>The RGI emoji (UTS #51 ED-27), read once from the table that <c>eng/emoji_table.py</c> makes.</summary>
internal static class EmojiTable
{
    private const string Resource = "QuikApp.Protocol.Reactions.rgi-emoji.txt";

    private static readonly Lazy<FrozenDictionary<string, string>> Table = new(Load);

    /// <summary>Spelling without emoji-style selectors → fully-qualified spelling.</summary>
    public static FrozenDictionary<string, string> FullyQualified => Table.Value;

    private static FrozenDictionary<string, string> Load()
    {
        using var stream = typeof(EmojiTable).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"the resource {Resource} is not in the assembly");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var table = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            // "#" alone begins no emoji line: the keycap is "#" followed by U+FE0F.
            if (line.Length > 0 && !line.StartsWith("# ", StringComparison.Ordinal))
                table.Add(line.Replace("\uFE0F", "", StringComparison.Ordinal), line);
        }

        return table.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
