using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace QuikApp.Protocol.Reactions;

/// <summary>
/// The one spelling under which a reaction is stored, compared and shown, so that a visible emoji never counts twice.
/// </summary>
/// <remarks>
/// <para>
/// An emoji: one of the RGI set (UTS #51 ED-27, emoji 15.0), in Unicode Normalization Form C and then in its
/// fully-qualified spelling, whichever variation selectors (U+FE0F) the client left out or put after an element too many.
/// A text-style selector (U+FE0E), two emoji, a lone component (skin tone, hair, keycap, regional indicator) and a joined
/// chain outside the set are none.
/// </para>
/// <para>
/// A shortcode name: <c>[a-z0-9_+-]{1,64}</c>, with one colon on both sides or on neither. It is a name of its own:
/// <c>thumbsup</c> and 👍 are two reactions. Names that every JavaScript object answers to (<c>constructor</c>,
/// <c>__proto__</c> …) are refused, since clients use the key as the name of a map's member.
/// </para>
/// </remarks>
public static class EmojiKey
{
    /// <summary>The longest key, in bytes of UTF-8 (and for a shortcode in characters).</summary>
    public const int MaxBytes = 64;

    private const char EmojiStyle = '\uFE0F';

    private static readonly SearchValues<char> ShortcodeCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_+-");

    private static readonly FrozenSet<string> ObjectPrototype = new[]
    {
        "constructor", "prototype", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString", "toString",
        "valueOf", "__proto__", "__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds the key of a reaction; false when <paramref name="input"/> is neither one emoji nor a shortcode name.</summary>
    /// <param name="input">What a client sent; any string.</param>
    /// <param name="key">The key, empty when there is none. A key is its own key.</param>
    public static bool TryCanonicalize(string? input, out string key)
    {
        key = "";
        if (string.IsNullOrEmpty(input))
            return false;

        return char.IsAscii(input[0]) && Shortcode(input, ref key) || Emoji(input, ref key);
    }

    private static bool Shortcode(string input, ref string key)
    {
        var name = input.Length > 2 && input[0] == ':' && input[^1] == ':' ? input.AsSpan(1, input.Length - 2) : input;
        if (name.Length > MaxBytes || name.ContainsAnyExcept(ShortcodeCharacters))
            return false;

        var text = name.ToString();
        if (ObjectPrototype.Contains(text))
            return false;

        key = text;
        return true;
    }

    private static bool Emoji(string input, ref string key)
    {
        // Length first: normalizing is the expensive step, and it throws on text that is not Unicode.
        if (input.Length > MaxBytes || !IsUnicode(input) || !TryStrip(input.Normalize(NormalizationForm.FormC), out var bare))
            return false;

        if (!EmojiTable.FullyQualified.TryGetValue(bare, out var emoji))
            return false;

        key = emoji;
        return true;
    }

    /// <summary>Takes the emoji-style selectors away; false when one stands where no element can carry it.</summary>
    private static bool TryStrip(string text, out string bare)
    {
        bare = "";
        var kept = new StringBuilder(text.Length);
        Rune? previous = null;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value != EmojiStyle)
                kept.Append(rune.ToString());
            else if (previous is not { } element || !MayCarrySelector(element))
                return false;
            previous = rune;
        }

        bare = kept.ToString();
        return Encoding.UTF8.GetByteCount(text) <= MaxBytes;
    }

    private static bool MayCarrySelector(Rune element) => element.Value switch
    {
        EmojiStyle or 0xFE0E or 0x200D or 0x20E3 => false,
        >= 0x1F1E6 and <= 0x1F1FF => false, // regional indicators
        >= 0xE0020 and <= 0xE007F => false, // tags
        _ => true,
    };

    private static bool IsUnicode(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return false;
            i++;
        }

        return true;
    }
}
