using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace QuikApp.Protocol.Journal;

/// <summary>
/// Writes the part of JSON that the journal uses (objects, arrays, strings, booleans, integers below 2^53) in the one form of
/// RFC 8785 (JCS): no white space, names in the order of their UTF-16 code units, the fewest escapes.
/// </summary>
/// <remarks>The caller hands names in order; a name out of order throws, so that no other form can be written. Pass it by reference.</remarks>
public ref struct CanonicalJsonWriter
{
    /// <summary>2^53 - 1: the largest integer that every JSON reader holds exactly (RFC 8785 §3.2.2.3, RFC 7493 §2.2).</summary>
    public const long MaxInteger = (1L << 53) - 1;

    private const int MaxDepth = 8;

    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        "\"\\\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009\u000a\u000b\u000c\u000d\u000e\u000f" +
        "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");

    private readonly IBufferWriter<byte> _output;
    private LastNames _lastNames;
    private int _depth;
    private bool _needsComma;

    /// <summary>Starts to write at the end of <paramref name="output"/>.</summary>
    public CanonicalJsonWriter(IBufferWriter<byte> output) => _output = output;

    /// <summary>Opens an object.</summary>
    /// <exception cref="InvalidOperationException">More than 8 levels.</exception>
    public void StartObject() => Open((byte)'{');

    /// <summary>Closes it.</summary>
    public void EndObject() => Close((byte)'}');

    /// <summary>Opens an array.</summary>
    /// <exception cref="InvalidOperationException">More than 8 levels.</exception>
    public void StartArray() => Open((byte)'[');

    /// <summary>Closes it.</summary>
    public void EndArray() => Close((byte)']');

    /// <summary>The name of the value that comes next.</summary>
    /// <exception cref="InvalidOperationException">It does not sort after the name before it.</exception>
    public void Name(string name)
    {
        ref var last = ref _lastNames[_depth];
        if (last is not null && string.CompareOrdinal(last, name) >= 0)
            throw new InvalidOperationException($"'{name}' must come before '{last}' (RFC 8785 §3.2.3)");
        last = name;
        Text(name);
        Byte((byte)':');
        _needsComma = false;
    }

    /// <summary>A string.</summary>
    /// <exception cref="ArgumentException">It holds half of a surrogate pair, which RFC 8785 §3.2.2.2 does not allow.</exception>
    public void Text(scoped ReadOnlySpan<char> value)
    {
        Separate();
        Byte((byte)'"');
        while (value.IndexOfAny(Escaped) is var next and >= 0)
        {
            Transcode(value[..next]);
            Escape(value[next]);
            value = value[(next + 1)..];
        }

        Transcode(value);
        Byte((byte)'"');
    }

    /// <summary>A string that holds bytes as base64url without padding.</summary>
    public void Base64UrlText(scoped ReadOnlySpan<byte> bytes)
    {
        Separate();
        var length = Base64Url.GetEncodedLength(bytes.Length);
        var span = _output.GetSpan(length + 2);
        span[0] = (byte)'"';
        Base64Url.EncodeToUtf8(bytes, span[1..]);
        span[length + 1] = (byte)'"';
        _output.Advance(length + 2);
    }

    /// <summary>An integer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not within ±(2^53 - 1).</exception>
    public void Number(long value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, -MaxInteger);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxInteger);
        Separate();
        value.TryFormat(_output.GetSpan(20), out var written, default, System.Globalization.CultureInfo.InvariantCulture);
        _output.Advance(written);
    }

    /// <summary>A boolean.</summary>
    public void Boolean(bool value)
    {
        Separate();
        Bytes(value ? "true"u8 : "false"u8);
    }

    private void Open(byte bracket)
    {
        if (_depth + 1 >= MaxDepth)
            throw new InvalidOperationException("more than 8 levels");
        Separate();
        Byte(bracket);
        _lastNames[++_depth] = null;
        _needsComma = false;
    }

    private void Close(byte bracket)
    {
        Byte(bracket);
        _depth--;
        _needsComma = true;
    }

    private void Separate()
    {
        if (_needsComma)
            Byte((byte)',');
        _needsComma = true;
    }

    private readonly void Transcode(scoped ReadOnlySpan<char> text)
    {
        // A UTF-16 code unit takes at most three bytes of UTF-8.
        var status = Utf8.FromUtf16(text, _output.GetSpan(text.Length * 3), out _, out var written, replaceInvalidSequences: false);
        if (status != OperationStatus.Done)
            throw new ArgumentException("half of a surrogate pair is not text (RFC 8785 §3.2.2.2)", nameof(text));
        _output.Advance(written);
    }

    private readonly void Escape(char unit)
    {
        ReadOnlySpan<byte> shortForm = unit switch
        {
            '"' => "\\\""u8,
            '\\' => "\\\\"u8,
            '\b' => "\\b"u8,
            '\t' => "\\t"u8,
            '\n' => "\\n"u8,
            '\f' => "\\f"u8,
            '\r' => "\\r"u8,
            _ => default,
        };
        if (!shortForm.IsEmpty)
        {
            Bytes(shortForm);
            return;
        }

        Bytes("\\u00"u8);
        Byte((byte)(unit < 0x10 ? '0' : '1'));
        Byte("0123456789abcdef"u8[unit & 0xf]);
    }

    private readonly void Byte(byte value)
    {
        _output.GetSpan(1)[0] = value;
        _output.Advance(1);
    }

    private readonly void Bytes(ReadOnlySpan<byte> value) => _output.Write(value);

    [InlineArray(MaxDepth)]
    private struct LastNames
    {
        private string? _first;
    }
}
