using System.Buffers;
using System.Text;
using System.Text.Json;

namespace QuikApp.Protocol.Phoenix;

/// <summary>Collects what stands before the data of a binary frame: the kind, one length byte a field, the fields.</summary>
internal ref struct BinaryHeader
{
    /// <summary>The longest header in bytes: kind and four fields.</summary>
    public const int MaxLength = 1 + 4 + 4 * byte.MaxValue;

    private readonly Span<byte> _bytes;
    private int _fields;
    private int _length;
    private BinaryEncodeResult _result;

    /// <param name="scratch">At least <see cref="MaxLength"/> bytes.</param>
    /// <param name="kind">The kind of the frame.</param>
    /// <param name="fields">How many fields will be added, at most 4.</param>
    public BinaryHeader(Span<byte> scratch, BinaryKind kind, int fields)
    {
        _bytes = scratch;
        _bytes[0] = (byte)kind;
        _length = 1 + fields;
    }

    /// <summary>Adds a string.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        if (Encoding.UTF8.TryGetBytes(text, _bytes.Slice(_length, byte.MaxValue), out var written))
            Added(written);
        else
            _result = BinaryEncodeResult.FieldTooLong;
    }

    /// <summary>Adds a ref: null as nothing, a string as its characters, a number, true or false as JSON writes it.</summary>
    public void Add(Ref value)
    {
        var json = value.Json;
        if (value.IsNull)
            Added(0);
        else if (json[0] is (byte)'[' or (byte)'{')
            _result = BinaryEncodeResult.RefNotText;
        else if (json[0] == '"')
            AddString(json);
        else
            AddBytes(json);
    }

    /// <summary>Writes the header and the data, unless a field did not fit.</summary>
    public readonly BinaryEncodeResult WriteTo(IBufferWriter<byte> output, ReadOnlySpan<byte> data)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (_result is not BinaryEncodeResult.Written)
            return _result;

        output.Write(_bytes[.._length]);
        output.Write(data);
        return BinaryEncodeResult.Written;
    }

    private void AddString(ReadOnlySpan<byte> json)
    {
        if (!json.Contains((byte)'\\'))
        {
            AddBytes(json[1..^1]);
            return;
        }

        var reader = new Utf8JsonReader(json);
        reader.Read();
        Add(reader.GetString());
    }

    private void AddBytes(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > byte.MaxValue)
        {
            _result = BinaryEncodeResult.FieldTooLong;
            return;
        }

        utf8.CopyTo(_bytes[_length..]);
        Added(utf8.Length);
    }

    private void Added(int length)
    {
        _bytes[1 + _fields++] = (byte)length;
        _length += length;
    }
}
