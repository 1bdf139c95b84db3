using System.Buffers;
using System.Text;
using CsCheck;
using QuikApp.Protocol.Journal;

namespace QuikApp.Protocol.Tests.Journal;

public sealed class CanonicalJsonWriterTests
{
    [Fact]
    public void Text_EveryCodeUnitBelow128_IsEscapedAsTheStandardSays()
    {
        for (var unit = '\0'; unit < 128; unit++)
        {
            var expected = unit switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\t' => "\\t",
                '\n' => "\\n",
                '\f' => "\\f",
                '\r' => "\\r",
                < ' ' => $"\\u{(int)unit:x4}",
                _ => unit.ToString(),
            };
            Assert.Equal($"\"{expected}\"", Written((ref CanonicalJsonWriter json) => json.Text([unit])));
        }
    }

    [Fact]
    public void Name_OrderOfTheStandardsExample_IsAcceptedAndItsReverseRefused()
    {
        // RFC 8785 §3.2.3: by UTF-16 code units, so the emoji's surrogates come before U+FB33.
        string[] names = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001F600", "\uFB33"];
        var text = Written((ref CanonicalJsonWriter json) =>
        {
            json.StartObject();
            foreach (var name in names)
            {
                json.Name(name);
                json.Boolean(true);
            }

            json.EndObject();
        });
        Assert.Equal("{\"\\r\":true,\"1\":true,\"\u0080\":true,\"\u00f6\":true,\"\u20ac\":true,\"\U0001F600\":true,\"\uFB33\":true}", text);
        for (var i = 1; i < names.Length; i++)
            Assert.Throws<InvalidOperationException>(() => WriteNames(names[i], names[i - 1]));
        Assert.Throws<InvalidOperationException>(() => WriteNames("a", "a"));
    }

    [Fact]
    public void Text_HalfOfASurrogatePair_Throws()
    {
        // Not a theory: the compiler stores attribute arguments as UTF-8, which cannot hold these.
        foreach (var text in new[] { "\ud83d", "\udc4d", "a\ud83d\"\udc4d", "\udc4d\ud83d" })
            Assert.Throws<ArgumentException>(() => Written((ref CanonicalJsonWriter json) => json.Text(text)));
    }

    [Fact]
    public void Number_Limits_AreThoseOfADouble()
    {
        Assert.Equal("9007199254740991", Written((ref CanonicalJsonWriter json) => json.Number((1L << 53) - 1)));
        Assert.Equal("-9007199254740991", Written((ref CanonicalJsonWriter json) => json.Number(1 - (1L << 53))));
        Assert.Throws<ArgumentOutOfRangeException>(() => Written((ref CanonicalJsonWriter json) => json.Number(1L << 53)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Written((ref CanonicalJsonWriter json) => json.Number(long.MinValue)));
    }

    [Fact]
    public void StartArray_EightLevels_Throws() =>
        Assert.Throws<InvalidOperationException>(() => Written((ref CanonicalJsonWriter json) =>
        {
            for (var i = 0; i < 8; i++)
                json.StartArray();
        }));

    [Fact]
    public void Write_RandomValues_EqualsSortAndEscape() =>
        RandomEvents.Json.Sample(
            value =>
            {
                var expected = new StringBuilder();
                SortAndEscape(expected, value);
                Assert.Equal(expected.ToString(), Written((ref CanonicalJsonWriter json) => Write(ref json, value)));
            },
            iter: 3000);

    private delegate void Writing(ref CanonicalJsonWriter json);

    private static string Written(Writing write)
    {
        var output = new ArrayBufferWriter<byte>();
        var json = new CanonicalJsonWriter(output);
        write(ref json);
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(output.WrittenSpan);
    }

    private static void WriteNames(params string[] names) => Written((ref CanonicalJsonWriter json) =>
    {
        json.StartObject();
        foreach (var name in names)
        {
            json.Name(name);
            json.Boolean(false);
        }
    });

    private static void Write(ref CanonicalJsonWriter json, object value)
    {
        switch (value)
        {
            case string text:
                json.Text(text);
                break;
            case long number:
                json.Number(number);
                break;
            case bool flag:
                json.Boolean(flag);
                break;
            case object[] items:
                json.StartArray();
                foreach (var item in items)
                    Write(ref json, item);
                json.EndArray();
                break;
            case Dictionary<string, object> fields:
                json.StartObject();
                foreach (var (name, field) in fields.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                {
                    json.Name(name);
                    Write(ref json, field);
                }

                json.EndObject();
                break;
        }
    }

    /// <summary>The standard said a second time, as plainly as it can be: sort by code units, escape unit by unit.</summary>
    private static void SortAndEscape(StringBuilder output, object value)
    {
        switch (value)
        {
            case string text:
                output.Append('"');
                foreach (var unit in text)
                {
                    var at = "\"\\\b\t\n\f\r".IndexOf(unit, StringComparison.Ordinal);
                    if (at >= 0)
                        output.Append('\\').Append("\"\\btnfr"[at]);
                    else if (unit < 32)
                        output.Append("\\u00").Append(((int)unit).ToString("x2", null));
                    else
                        output.Append(unit);
                }

                output.Append('"');
                break;
            case long number:
                output.Append(number);
                break;
            case bool flag:
                output.Append(flag ? "true" : "false");
                break;
            case object[] items:
                output.Append('[');
                Join(output, items, SortAndEscape);
                output.Append(']');
                break;
            case Dictionary<string, object> fields:
                var names = fields.Keys.ToArray();
                Array.Sort(names, string.CompareOrdinal);
                output.Append('{');
                Join(output, names, (text, name) =>
                {
                    SortAndEscape(text, name);
                    text.Append(':');
                    SortAndEscape(text, fields[name]);
                });
                output.Append('}');
                break;
        }
    }

    private static void Join<T>(StringBuilder output, T[] items, Action<StringBuilder, T> write)
    {
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0)
                output.Append(',');
            write(output, items[i]);
        }
    }
}
