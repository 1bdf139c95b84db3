using System.Buffers.Binary;
using System.Numerics;

namespace QuikApp.Bench.Load;

/// <summary>The little of RFC 6455 that a load client needs: masked frames out, unmasked frames in.</summary>
internal static class ClientFrame
{
    /// <summary>The room a header may take before the payload, in bytes (RFC 6455 §5.2, with mask).</summary>
    public const int HeaderRoom = 14;

    /// <summary>Masks the payload that starts at <see cref="HeaderRoom"/> and puts the header right before it.</summary>
    /// <returns>The whole frame.</returns>
    public static ReadOnlySpan<byte> Complete(Span<byte> buffer, int payloadLength, Opcode opcode, uint mask)
    {
        var header = payloadLength switch { < 126 => 6, <= ushort.MaxValue => 8, _ => 14 };
        var frame = buffer.Slice(HeaderRoom - header, header + payloadLength);
        frame[0] = (byte)(0x80 | (byte)opcode);
        switch (header)
        {
            case 6:
                frame[1] = (byte)(0x80 | payloadLength);
                break;
            case 8:
                frame[1] = 0x80 | 126;
                BinaryPrimitives.WriteUInt16BigEndian(frame[2..], (ushort)payloadLength);
                break;
            default:
                frame[1] = 0x80 | 127;
                BinaryPrimitives.WriteUInt64BigEndian(frame[2..], (ulong)payloadLength);
                break;
        }

        BinaryPrimitives.WriteUInt32BigEndian(frame[(header - 4)..], mask);
        var payload = frame[header..];
        for (var i = 0; i < payload.Length; i++)
            payload[i] ^= (byte)BitOperations.RotateLeft(mask, 8 * ((i & 3) + 1));
        return frame;
    }

    /// <summary>Reads one frame off the front of <paramref name="bytes"/>; false when it is not all there.</summary>
    /// <exception cref="InvalidDataException">The server masked a frame or set a reserved bit.</exception>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out bool final, out Opcode opcode, out ReadOnlySpan<byte> payload, out int consumed)
    {
        (final, opcode, consumed) = (false, default, 0);
        payload = default;
        if (bytes.Length < 2)
            return false;
        if ((bytes[0] & 0x70) != 0 || (bytes[1] & 0x80) != 0)
            throw new InvalidDataException("the server sent a masked frame or a reserved bit");

        long length = bytes[1];
        var header = length switch { 126 => 4, 127 => 10, _ => 2 };
        if (bytes.Length < header)
            return false;
        length = header switch
        {
            4 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            10 => BinaryPrimitives.ReadInt64BigEndian(bytes[2..]),
            _ => length,
        };
        if (bytes.Length - header < length)
            return false;

        final = (bytes[0] & 0x80) != 0;
        opcode = (Opcode)(bytes[0] & 0x0f);
        payload = bytes.Slice(header, (int)length);
        consumed = header + (int)length;
        return true;
    }
}
