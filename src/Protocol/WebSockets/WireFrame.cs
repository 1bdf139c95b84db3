using System.Buffers.Binary;
using System.Text;

namespace QuikApp.Protocol.WebSockets;

/// <summary>
/// A server frame ready to be written: header and payload in one array, unmasked, final, never changed again.
/// </summary>
/// <remarks>One instance is handed to any number of sockets, so a broadcast is encoded once (ADR-0003).</remarks>
public sealed class WireFrame
{
    /// <summary>The longest payload of a control frame, in bytes (RFC 6455 §5.5).</summary>
    public const int MaxControlPayload = 125;

    /// <summary>The longest close reason, in bytes of UTF-8: a control payload less the code.</summary>
    public const int MaxCloseReason = MaxControlPayload - 2;

    private const int FinalBit = 0x80;
    private const int Length16 = 126;
    private const int Length64 = 127;

    private readonly byte[] _bytes;
    private readonly int _headerLength;

    private WireFrame(WebSocketOpcode opcode, int payloadLength)
    {
        Opcode = opcode;
        _headerLength = payloadLength switch { < Length16 => 2, <= ushort.MaxValue => 4, _ => 10 };
        _bytes = GC.AllocateUninitializedArray<byte>(_headerLength + payloadLength);
        _bytes[0] = (byte)(FinalBit | (int)opcode);
        switch (_headerLength)
        {
            case 2:
                _bytes[1] = (byte)payloadLength;
                break;
            case 4:
                _bytes[1] = Length16;
                BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(2), (ushort)payloadLength);
                break;
            default:
                _bytes[1] = Length64;
                BinaryPrimitives.WriteUInt64BigEndian(_bytes.AsSpan(2), (ulong)payloadLength);
                break;
        }
    }

    /// <summary>What kind of frame it is.</summary>
    public WebSocketOpcode Opcode { get; }

    /// <summary>The whole frame, as it goes to the socket.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>The payload alone.</summary>
    public ReadOnlyMemory<byte> Payload => _bytes.AsMemory(_headerLength);

    /// <summary>A text message.</summary>
    /// <param name="utf8">Valid UTF-8; it is copied and not checked.</param>
    public static WireFrame Text(ReadOnlySpan<byte> utf8) => Of(WebSocketOpcode.Text, utf8);

    /// <summary>A binary message.</summary>
    /// <param name="payload">Any bytes; they are copied.</param>
    public static WireFrame Binary(ReadOnlySpan<byte> payload) => Of(WebSocketOpcode.Binary, payload);

    /// <summary>A ping.</summary>
    /// <param name="payload">At most <see cref="MaxControlPayload"/> bytes; they are copied.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is longer.</exception>
    public static WireFrame Ping(ReadOnlySpan<byte> payload) => Control(WebSocketOpcode.Ping, payload);

    /// <summary>A pong.</summary>
    /// <param name="payload">The payload of the ping, at most <see cref="MaxControlPayload"/> bytes; it is copied.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is longer.</exception>
    public static WireFrame Pong(ReadOnlySpan<byte> payload) => Control(WebSocketOpcode.Pong, payload);

    /// <summary>A close frame.</summary>
    /// <param name="code">
    /// A code that <see cref="CloseCode.IsAllowedOnWire"/> allows, or <see cref="CloseCode.NoStatus"/> for an empty frame.
    /// </param>
    /// <param name="reason">At most <see cref="MaxCloseReason"/> bytes of UTF-8; must be empty with an empty frame.</param>
    /// <exception cref="ArgumentOutOfRangeException">The code may not be on the wire, or the reason is too long.</exception>
    public static WireFrame Close(int code, string reason = "")
    {
        ArgumentNullException.ThrowIfNull(reason);
        var reasonLength = Encoding.UTF8.GetByteCount(reason);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(reasonLength, MaxCloseReason, nameof(reason));
        if (code == CloseCode.NoStatus)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(reasonLength, 0, nameof(reason));
            return new WireFrame(WebSocketOpcode.Close, 0);
        }

        if (!CloseCode.IsAllowedOnWire(code))
            throw new ArgumentOutOfRangeException(nameof(code), code, "not a code that a close frame may carry");

        var frame = new WireFrame(WebSocketOpcode.Close, 2 + reasonLength);
        var payload = frame._bytes.AsSpan(frame._headerLength);
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)code);
        Encoding.UTF8.GetBytes(reason, payload[2..]);
        return frame;
    }

    private static WireFrame Control(WebSocketOpcode opcode, ReadOnlySpan<byte> payload)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, MaxControlPayload, nameof(payload));
        return Of(opcode, payload);
    }

    private static WireFrame Of(WebSocketOpcode opcode, ReadOnlySpan<byte> payload)
    {
        var frame = new WireFrame(opcode, payload.Length);
        payload.CopyTo(frame._bytes.AsSpan(frame._headerLength));
        return frame;
    }
}
