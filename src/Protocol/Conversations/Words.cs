using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace QuikApp.Protocol.Conversations;

/// <summary>The words under which the values of an enumeration stand on the wire and in the journal: their names in lower case, fixed for ever.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
[SuppressMessage("Design", "CA1000", Justification = "The type argument is the point: one table an enumeration.")]
public static class Words<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> ByValue =
        Enum.GetValues<T>().ToFrozenDictionary(value => value, value => value.ToString().ToLowerInvariant());

    private static readonly FrozenDictionary<string, T> ByWord =
        ByValue.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>All words.</summary>
    public static IReadOnlyCollection<string> All => ByWord.Keys;

    /// <summary>The word of a value.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is not of the enumeration.</exception>
    public static string Of(T value) =>
        ByValue.TryGetValue(value, out var word) ? word : throw new ArgumentOutOfRangeException(nameof(value));

    /// <summary>The value of an exact word.</summary>
    public static bool TryParse(string? word, out T value)
    {
        value = default;
        return word is not null && ByWord.TryGetValue(word, out value);
    }
}
