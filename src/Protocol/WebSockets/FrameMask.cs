using System.Numerics;
using System.Runtime.InteropServices;

namespace QuikApp.Protocol.WebSockets;

/// <summary>The masking of client frames (RFC 6455 §5.3): an exclusive-or with four repeating bytes.</summary>
public static class FrameMask
{
    /// <summary>The key as it stands in a frame header.</summary>
    /// <param name="key">Four bytes.</param>
    public static uint Read(ReadOnlySpan<byte> key) => MemoryMarshal.Read<uint>(key);

    /// <summary>Masks or unmasks <paramref name="data"/> in place; the operation is its own inverse.</summary>
    /// <param name="data">The next bytes of one frame's payload.</param>
    /// <param name="key">What <see cref="Read"/> gave, or what the call for the bytes before returned.</param>
    /// <returns>The key turned so that it fits the byte after <paramref name="data"/>.</returns>
    public static uint Apply(Span<byte> data, uint key)
    {
        var rest = data;
        if (Vector.IsHardwareAccelerated && rest.Length >= Vector<byte>.Count)
        {
            var wide = Vector.AsVectorByte(new Vector<uint>(key));
            var vectors = MemoryMarshal.Cast<byte, Vector<byte>>(rest);
            for (var i = 0; i < vectors.Length; i++)
                vectors[i] ^= wide;
            rest = rest[(vectors.Length * Vector<byte>.Count)..];
        }

        var words = MemoryMarshal.Cast<byte, uint>(rest);
        for (var i = 0; i < words.Length; i++)
            words[i] ^= key;

        rest = rest[(words.Length * sizeof(uint))..];
        for (var i = 0; i < rest.Length; i++)
        {
            rest[i] ^= FirstByte(key);
            key = Turn(key);
        }

        return key;
    }

    // The key stays in memory order, so that the wide steps need no byte swapping on any machine.
    private static byte FirstByte(uint key) => (byte)(BitConverter.IsLittleEndian ? key : key >> 24);

    private static uint Turn(uint key) =>
        BitConverter.IsLittleEndian ? BitOperations.RotateRight(key, 8) : BitOperations.RotateLeft(key, 8);
}
