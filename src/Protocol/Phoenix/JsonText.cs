using System.Buffers;
using System.Globalization;
using System.Text;

namespace QuikApp.Protocol.Phoenix;

/// <summary>Writes and checks JSON strings where the library escapes more, or checks less, than the wire wants.</summary>
internal static class JsonText
{
    /// <summary>
    /// What RFC 8259 §7 demands to be escaped and no more. Even its relaxed encoder makes System.Text.Json escape
    /// U+2028 and everything beyond the basic plane, which no Phoenix server does and which triples an emoji.
    /// </summary>
    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        "\"\\\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009\u000a\u000b\u000c\u000d\u000e\u000f" +
        "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");

    /// <summary>The JSON string for <paramref name="text"/>, quotes included.</summary>
    public static byte[] Encode(string text)
    {
        if (!text.ContainsAny(Escaped))
        {
            var json = new byte[Encoding.UTF8.GetByteCount(text) + 2];
            json[0] = (byte)'"';
            Encoding.UTF8.GetBytes(text, json.AsSpan(1));
            json[^1] = (byte)'"';
            return json;
        }

        var buffer = new ArrayBufferWriter<byte>(text.Length + 16);
        Write(buffer, text);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes the JSON string for <paramref name="text"/>, quotes included; a lone surrogate becomes U+FFFD.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<char> text)
    {
        output.Write("\""u8);
        while (text.IndexOfAny(Escaped) is var at and >= 0)
        {
            Encoding.UTF8.GetBytes(text[..at], output);
            WriteEscape(output, text[at]);
            text = text[(at + 1)..];
        }

        Encoding.UTF8.GetBytes(text, output);
        output.Write("\""u8);
    }

    /// <summary>
    /// Whether every surrogate among the escapes of a JSON string has its other half. The reader has checked the
    /// escapes themselves and leaves this to whoever asks for the text, by throwing.
    /// </summary>
    /// <param name="raw">The string between its quotes, as the reader gave it.</param>
    public static bool HasPairedSurrogates(ReadOnlySpan<byte> raw)
    {
        while (raw.IndexOf((byte)'\\') is var at and >= 0)
        {
            raw = raw[at..];
            if (raw[1] != 'u')
            {
                raw = raw[2..];
                continue;
            }

            var unit = CodeUnit(raw);
            raw = raw[6..];
            if (!char.IsSurrogate(unit))
                continue;

            if (!char.IsHighSurrogate(unit) || !raw.StartsWith("\\u"u8) || !char.IsLowSurrogate(CodeUnit(raw)))
                return false;

            raw = raw[6..];
        }

        return true;
    }

    private static char CodeUnit(ReadOnlySpan<byte> escape) =>
        (char)ushort.Parse(escape.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static void WriteEscape(IBufferWriter<byte> output, char character)
    {
        var span = output.GetSpan(6);
        span[0] = (byte)'\\';
        var letter = character switch
        {
            '"' => '"',
            '\\' => '\\',
            '\b' => 'b',
            '\f' => 'f',
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            _ => 'u',
        };
        span[1] = (byte)letter;
        if (letter == 'u')
            ((int)character).TryFormat(span[2..], out _, "x4", CultureInfo.InvariantCulture);

        output.Advance(letter == 'u' ? 6 : 2);
    }
}
