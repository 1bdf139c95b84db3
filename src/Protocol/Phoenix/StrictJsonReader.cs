using System.Runtime.CompilerServices;
using System.Text.Json;

namespace QuikApp.Protocol.Phoenix;

/// <summary>
/// Reads one JSON value and refuses, besides what <see cref="Utf8JsonReader"/> refuses by throwing: depth beyond
/// <see cref="FrameDecoder.MaxDepth"/>, duplicate keys, and lone surrogates.
/// </summary>
internal ref struct StrictJsonReader
{
    private readonly ReadOnlySpan<byte> _message;
    private Utf8JsonReader _reader;
    private PropertyNameSet _names;
    private OpenObjects _openObjects;
    private int _objects;

    /// <param name="message">Valid UTF-8.</param>
    /// <param name="names">Scratch for property names; see <see cref="PropertyNameSet"/>.</param>
    public StrictJsonReader(ReadOnlySpan<byte> message, Span<PropertyNameSet.Entry> names)
    {
        _message = message;
        _names = new PropertyNameSet(message, names);
        // One more than allowed, so that too deep is told apart from not JSON.
        _reader = new Utf8JsonReader(message, new JsonReaderOptions { MaxDepth = FrameDecoder.MaxDepth + 1 });
    }

    /// <summary>Why <see cref="Read"/> has stopped; <see cref="FrameError.None"/> at the end of the value.</summary>
    public FrameError Error { get; private set; }

    /// <summary>The token that the last <see cref="Read"/> found.</summary>
    public readonly JsonTokenType TokenType => _reader.TokenType;

    /// <summary>Moves to the next token; false at the end of the value or at an <see cref="Error"/>.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public bool Read()
    {
        if (!_reader.Read())
            return false;

        Error = _reader.TokenType switch
        {
            JsonTokenType.StartObject => Open(isObject: true),
            JsonTokenType.StartArray => Open(isObject: false),
            JsonTokenType.PropertyName => CheckText(isName: true),
            JsonTokenType.String => CheckText(isName: false),
            _ => FrameError.None,
        };
        return Error is FrameError.None;
    }

    /// <summary>Reads to the end of the value whose first token the reader stands on.</summary>
    /// <param name="value">Where the value lies in the message; undefined when the answer is false.</param>
    /// <returns>False at an <see cref="Error"/>.</returns>
    public bool TryTake(out Range value)
    {
        var start = (int)_reader.TokenStartIndex;
        if (_reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
        {
            var depth = _reader.CurrentDepth;
            do
            {
                if (!Read())
                {
                    value = default;
                    return false;
                }
            }
            while (_reader.CurrentDepth > depth);
        }

        value = start..(int)_reader.BytesConsumed;
        return true;
    }

    /// <summary>Whether the property name that the reader stands on is <paramref name="name"/>.</summary>
    public readonly bool NameIs(ReadOnlySpan<byte> name) => _reader.ValueTextEquals(name);

    /// <summary>The value just taken, as a ref.</summary>
    public readonly Ref ToRef(Range value) =>
        TokenType is JsonTokenType.String && _reader.ValueIsEscaped
            ? Ref.FromText(_reader.GetString()!)
            : Ref.FromJson(_message[value]);

    /// <summary>The value just taken, as a topic or an event.</summary>
    public readonly FrameName ToName(Range value) =>
        TokenType is JsonTokenType.String ? FrameName.FromString(_reader.GetString()!) : FrameName.FromJson(_message[value]);

    /// <summary>Gives rented buffers back.</summary>
    public void Dispose() => _names.Dispose();

    private FrameError Open(bool isObject)
    {
        var depth = _reader.CurrentDepth;
        if (depth >= FrameDecoder.MaxDepth)
            return FrameError.TooDeep;

        if (isObject)
            _openObjects[depth] = ++_objects;
        return FrameError.None;
    }

    private FrameError CheckText(bool isName)
    {
        if (_reader.ValueIsEscaped && !JsonText.HasPairedSurrogates(_reader.ValueSpan))
            return FrameError.LoneSurrogate;

        return isName && !_names.TryAdd(ref _reader, _openObjects[_reader.CurrentDepth - 1])
            ? FrameError.DuplicateKey
            : FrameError.None;
    }

    /// <summary>The number of the open object at each depth.</summary>
    [InlineArray(FrameDecoder.MaxDepth)]
    private struct OpenObjects
    {
        private int _first;
    }
}
