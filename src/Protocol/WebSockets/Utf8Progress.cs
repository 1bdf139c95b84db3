using System.Text.Unicode;

namespace QuikApp.Protocol.WebSockets;

/// <summary>
/// Checks UTF-8 that arrives in pieces and fails at the first byte that no valid text can have there (RFC 3629 §4).
/// </summary>
internal struct Utf8Progress
{
    private const byte ContinuationLow = 0x80;
    private const byte ContinuationHigh = 0xBF;

    private byte _missing;
    private byte _low;
    private byte _high;

    /// <summary>Whether the text may end here: no sequence is cut in two.</summary>
    public readonly bool IsComplete => _missing == 0;

    /// <summary>Takes the next bytes; false when the text is not UTF-8, whatever may follow.</summary>
    public bool Append(ReadOnlySpan<byte> bytes)
    {
        while (_missing > 0 && !bytes.IsEmpty)
        {
            if (!Step(bytes[0]))
                return false;
            bytes = bytes[1..];
        }

        // The whole sequences go through the vectorised check; the cut one at the end goes byte by byte, so that a
        // prefix that nothing can complete (F4 90, ED A0) is refused now and not with the next fragment.
        var tail = CutSequence(bytes);
        if (!Utf8.IsValid(bytes[..^tail]))
            return false;

        foreach (var value in bytes[^tail..])
        {
            if (!Step(value))
                return false;
        }

        return true;
    }

    /// <summary>How many bytes at the end begin a sequence that is longer than what is there: 0 to 3.</summary>
    private static int CutSequence(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            var value = bytes[^back];
            if (value is >= ContinuationLow and <= ContinuationHigh)
                continue;

            var length = value switch { >= 0xF0 => 4, >= 0xE0 => 3, >= 0xC0 => 2, _ => 1 };
            return back < length ? back : 0;
        }

        return 0;
    }

    private bool Step(byte value)
    {
        if (_missing == 0)
            return Lead(value);

        if (value < _low || value > _high)
            return false;

        _missing--;
        (_low, _high) = (ContinuationLow, ContinuationHigh);
        return true;
    }

    private bool Lead(byte value)
    {
        // The narrowed second bytes shut out overlong forms (E0, F0), surrogates (ED) and what lies past U+10FFFF (F4).
        (_missing, _low, _high) = value switch
        {
            < 0x80 => ((byte)0, ContinuationLow, ContinuationHigh),
            >= 0xC2 and <= 0xDF => ((byte)1, ContinuationLow, ContinuationHigh),
            0xE0 => ((byte)2, (byte)0xA0, ContinuationHigh),
            0xED => ((byte)2, ContinuationLow, (byte)0x9F),
            >= 0xE1 and <= 0xEF => ((byte)2, ContinuationLow, ContinuationHigh),
            0xF0 => ((byte)3, (byte)0x90, ContinuationHigh),
            >= 0xF1 and <= 0xF3 => ((byte)3, ContinuationLow, ContinuationHigh),
            0xF4 => ((byte)3, ContinuationLow, (byte)0x8F),
            _ => (byte.MaxValue, ContinuationLow, ContinuationHigh),
        };
        return _missing != byte.MaxValue;
    }
}
