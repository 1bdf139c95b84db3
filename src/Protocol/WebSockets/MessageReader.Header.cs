using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace QuikApp.Protocol.WebSockets;

/// <content>The frame header, judged byte by byte: a rule is broken as soon as the byte that breaks it is there.</content>
public sealed partial class MessageReader
{
    private const int MaskKeyLength = 4;
    private const int Length16 = 126;
    private const int Length64 = 127;

    private HeaderBytes _header;
    private int _headerLength;
    private int _lengthEnd;
    private bool _final;
    private WebSocketOpcode _opcode;

    /// <summary>Takes header bytes; on the last one the reader is in the payload.</summary>
    /// <returns>The broken rule, or null.</returns>
    private FrameFault? ReadHeader(ref Memory<byte> input)
    {
        var bytes = input.Span;
        var used = 0;
        FrameFault? fault = null;
        while (used < bytes.Length && fault is null && !_inPayload)
        {
            _header[_headerLength++] = bytes[used++];
            if (_headerLength == 1)
            {
                fault = ReadFirstByte(_header[0]);
            }
            else if (_headerLength == 2)
            {
                fault = ReadSecondByte(_header[1]);
            }
            else if (_headerLength == _lengthEnd)
            {
                fault = ReadLength();
            }
            else if (_headerLength == _lengthEnd + MaskKeyLength)
            {
                BeginPayload();
            }
        }

        input = input[used..];
        return fault;
    }

    private FrameFault? ReadFirstByte(byte value)
    {
        _final = (value & 0x80) != 0;
        _opcode = (WebSocketOpcode)(value & 0x0F);
        if ((value & 0x70) != 0)
            return FrameFault.ReservedBits;

        switch (_opcode)
        {
            case WebSocketOpcode.Ping or WebSocketOpcode.Pong or WebSocketOpcode.Close:
                return _final ? null : FrameFault.FragmentedControl;
            case WebSocketOpcode.Text or WebSocketOpcode.Binary:
                return _fragments == 0 ? null : FrameFault.ExpectedContinuation;
            case WebSocketOpcode.Continuation when _fragments == 0:
                return FrameFault.UnexpectedContinuation;
            case WebSocketOpcode.Continuation:
                return _fragments < _maxFragments ? null : FrameFault.TooManyFragments;
            default:
                return FrameFault.ReservedOpcode;
        }
    }

    private FrameFault? ReadSecondByte(byte value)
    {
        if ((value & 0x80) == 0)
            return FrameFault.Unmasked;

        var length = value & 0x7F;
        if (IsControl(_opcode) && length > WireFrame.MaxControlPayload)
            return FrameFault.LongControl;

        _lengthEnd = length switch { Length16 => 4, Length64 => 10, _ => 2 };
        return _lengthEnd == 2 ? AcceptLength((ulong)length) : null;
    }

    private FrameFault? ReadLength()
    {
        ReadOnlySpan<byte> header = _header;
        if (_lengthEnd == 4)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(header[2..]);
            return length < Length16 ? FrameFault.LongLengthForm : AcceptLength(length);
        }

        var length64 = BinaryPrimitives.ReadUInt64BigEndian(header[2..]);
        if (length64 > long.MaxValue)
            return FrameFault.NegativeLength;
        return length64 <= ushort.MaxValue ? FrameFault.LongLengthForm : AcceptLength(length64);
    }

    private FrameFault? AcceptLength(ulong length)
    {
        if (!IsControl(_opcode) && length > (ulong)(_maxMessageBytes - _messageLength))
            return FrameFault.TooBig;

        _remaining = (int)length;
        return null;
    }

    private void BeginPayload()
    {
        ReadOnlySpan<byte> header = _header;
        _mask = FrameMask.Read(header[_lengthEnd..]);
        _inPayload = true;
        if (IsControl(_opcode))
            return;

        _fragments++;
        if (_opcode == WebSocketOpcode.Continuation)
            return;

        _messageOpcode = _opcode;
        _text = default;
    }

    private static bool IsControl(WebSocketOpcode opcode) => ((int)opcode & 0x8) != 0;

    /// <summary>Room for the longest header: 2 bytes, a 64-bit length and a mask key.</summary>
    [InlineArray(14)]
    private struct HeaderBytes
    {
        private byte _first;
    }
}
