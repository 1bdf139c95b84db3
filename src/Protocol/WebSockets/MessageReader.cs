using System.Buffers;
using System.Buffers.Binary;

namespace QuikApp.Protocol.WebSockets;

/// <summary>
/// Turns the bytes of a client, in whatever pieces they come, into messages, control frames or the first broken rule
/// (RFC 6455 §5, the server's side).
/// </summary>
/// <remarks>
/// Never throws on input. A message that lies whole in the input is unmasked there and handed out without a copy; only
/// one that is split is gathered in pooled memory, which grows with the bytes that came and not with the length that a
/// header announces. Between messages the reader holds no buffer. Not thread-safe.
/// </remarks>
public sealed partial class MessageReader : IDisposable
{
    private const int SmallestBuffer = 256;

    private readonly int _maxMessageBytes;
    private readonly int _maxFragments;

    private bool _ended;
    private bool _inPayload;
    private int _remaining;
    private uint _mask;

    private WebSocketOpcode _messageOpcode;
    private int _fragments;
    private byte[]? _message;
    private int _messageLength;
    private Utf8Progress _text;

    private byte[]? _control;
    private int _controlLength;
    private byte[]? _handedOut;

    /// <summary>Creates a reader for one connection.</summary>
    /// <param name="maxMessageBytes">The longest assembled message, in bytes; one more is answered with 1009.</param>
    /// <param name="maxFragments">The most frames of one message; one more is answered with 1008.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit below 1.</exception>
    public MessageReader(int maxMessageBytes, int maxFragments)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMessageBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxFragments, 1);
        _maxMessageBytes = maxMessageBytes;
        _maxFragments = maxFragments;
    }

    /// <summary>Whether nothing is begun: no part of a frame and no fragment of a message is waiting for its rest.</summary>
    public bool IsIdle => _headerLength == 0 && _fragments == 0;

    /// <summary>Whether a close frame or a violation ended the reading; all further input is dropped.</summary>
    public bool HasEnded => _ended;

    /// <summary>How many bytes of the current frame's payload are still to come; a hint for the size of the next read.</summary>
    public int BytesWanted => _inPayload ? _remaining : 0;

    /// <summary>Whether pooled memory is held at this moment; never between messages, once <see cref="Read"/> asked for more.</summary>
    public bool HoldsBuffer => _message is not null || _control is not null || _handedOut is not null;

    /// <summary>Reads up to the next event.</summary>
    /// <param name="input">
    /// The bytes that arrived. They are unmasked in place; what was read is cut off. Call again until
    /// <see cref="ReadEventKind.NeedMore"/>, which leaves it empty.
    /// </param>
    public ReadEvent Read(ref Memory<byte> input)
    {
        Release(ref _handedOut);
        while (!_ended)
        {
            if (!_inPayload)
            {
                if (ReadHeader(ref input) is { } broken)
                    return Fail(broken);
                if (!_inPayload)
                    return default;
            }

            if (_remaining > 0 && input.IsEmpty)
                return default;

            var chunk = input[..Math.Min(_remaining, input.Length)];
            input = input[chunk.Length..];
            _mask = FrameMask.Apply(chunk.Span, _mask);
            _remaining -= chunk.Length;

            var found = IsControl(_opcode) ? ReadControl(chunk) : ReadData(chunk);
            if (found.Kind != ReadEventKind.NeedMore)
                return found;
        }

        input = default;
        return default;
    }

    /// <summary>Gives all memory back and ends the reading. A payload handed out is no longer valid.</summary>
    public void Dispose()
    {
        _ended = true;
        Release(ref _handedOut);
        Release(ref _message);
        Release(ref _control);
    }

    private ReadEvent ReadData(ReadOnlyMemory<byte> chunk)
    {
        var isText = _messageOpcode == WebSocketOpcode.Text;
        if (isText && !_text.Append(chunk.Span))
            return Fail(FrameFault.InvalidUtf8);

        var frameEnds = _remaining == 0;
        if (!frameEnds || !_final)
        {
            Gather(chunk.Span);
            if (frameEnds)
                EndFrame();
            return default;
        }

        if (isText && !_text.IsComplete)
            return Fail(FrameFault.InvalidUtf8);

        if (_messageLength > 0)
        {
            Gather(chunk.Span);
            chunk = _message.AsMemory(0, _messageLength);
        }

        (_handedOut, _message, _messageLength, _fragments) = (_message, null, 0, 0);
        EndFrame();
        return new ReadEvent(isText ? ReadEventKind.Text : ReadEventKind.Binary, chunk);
    }

    private ReadEvent ReadControl(ReadOnlyMemory<byte> chunk)
    {
        if (_remaining > 0 || _controlLength > 0)
        {
            _control ??= ArrayPool<byte>.Shared.Rent(WireFrame.MaxControlPayload);
            chunk.CopyTo(_control.AsMemory(_controlLength));
            _controlLength += chunk.Length;
            if (_remaining > 0)
                return default;
            chunk = _control.AsMemory(0, _controlLength);
        }

        (_handedOut, _control, _controlLength) = (_control, null, 0);
        EndFrame();
        return _opcode switch
        {
            WebSocketOpcode.Ping => new ReadEvent(ReadEventKind.Ping, chunk),
            WebSocketOpcode.Pong => new ReadEvent(ReadEventKind.Pong, chunk),
            _ => ReadClose(chunk),
        };
    }

    private ReadEvent ReadClose(ReadOnlyMemory<byte> payload)
    {
        var code = CloseCode.NoStatus;
        if (payload.Length == 1)
            return Fail(FrameFault.BadCloseCode);

        if (payload.Length >= 2)
        {
            code = BinaryPrimitives.ReadUInt16BigEndian(payload.Span);
            if (!CloseCode.IsAllowedOnWire(code))
                return Fail(FrameFault.BadCloseCode);

            payload = payload[2..];
            if (!System.Text.Unicode.Utf8.IsValid(payload.Span))
                return Fail(FrameFault.InvalidUtf8);
        }

        _ended = true;
        Release(ref _message);
        return new ReadEvent(ReadEventKind.Close, payload, code);
    }

    private ReadEvent Fail(FrameFault fault)
    {
        Dispose();
        return new ReadEvent(ReadEventKind.Violation, Code: fault.CloseCode, Fault: fault.Text);
    }

    private void EndFrame()
    {
        _inPayload = false;
        _headerLength = 0;
    }

    private void Gather(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;

        var needed = _messageLength + bytes.Length;
        if (_message is null || _message.Length < needed)
        {
            var doubled = Math.Min(2L * needed, _maxMessageBytes);
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(SmallestBuffer, (int)Math.Max(needed, doubled)));
            _message.AsSpan(0, _messageLength).CopyTo(larger);
            Release(ref _message);
            _message = larger;
        }

        bytes.CopyTo(_message.AsSpan(_messageLength));
        _messageLength = needed;
    }

    private static void Release(ref byte[]? buffer)
    {
        if (buffer is null)
            return;

        // Forgotten before it is returned: a buffer returned twice would belong to two connections.
        var returned = buffer;
        buffer = null;
        ArrayPool<byte>.Shared.Return(returned);
    }
}
