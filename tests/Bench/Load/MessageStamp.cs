using System.Buffers.Binary;
using System.Globalization;

namespace QuikApp.Bench.Load;

/// <summary>
/// What a message says of itself, inside its text: its number within the channel and when it was due. No server touches the
/// text, so the stamp survives every wire format and needs no JSON parser to be found.
/// </summary>
internal static class MessageStamp
{
    /// <summary>The shortest text that carries a stamp, in bytes.</summary>
    public const int Length = 2 + NumberDigits + TimeDigits;

    private const int NumberDigits = 8;
    private const int TimeDigits = 16;

    // No JSON encoder escapes these two, and neither an id nor a key of any peer's frame holds a tilde.
    private static ReadOnlySpan<byte> Marker => "~B"u8;

    /// <summary>Writes the text of a message: stamp first, then filling.</summary>
    /// <param name="text">Receives the whole text; at least <see cref="Length"/> bytes.</param>
    /// <param name="number">The message's number in its channel, from 0.</param>
    /// <param name="timestamp">When it was due, in <see cref="System.Diagnostics.Stopwatch"/> ticks.</param>
    public static void Write(Span<byte> text, int number, long timestamp)
    {
        Marker.CopyTo(text);
        number.TryFormat(text.Slice(2, NumberDigits), out _, "x8", CultureInfo.InvariantCulture);
        timestamp.TryFormat(text.Slice(2 + NumberDigits, TimeDigits), out _, "x16", CultureInfo.InvariantCulture);
        text[Length..].Fill((byte)'m');
    }

    /// <summary>Finds the stamp in a received message; false when there is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out int number, out long timestamp)
    {
        (number, timestamp) = (0, 0);
        var start = message.IndexOf(Marker);
        if (start < 0 || message.Length < start + Length)
            return false;

        Span<byte> bytes = stackalloc byte[(NumberDigits + TimeDigits) / 2];
        if (Convert.FromHexString(message.Slice(start + 2, NumberDigits + TimeDigits), bytes, out _, out _) != System.Buffers.OperationStatus.Done)
            return false;
        number = BinaryPrimitives.ReadInt32BigEndian(bytes);
        timestamp = BinaryPrimitives.ReadInt64BigEndian(bytes[4..]);
        return true;
    }
}
