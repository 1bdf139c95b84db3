using System.Buffers;
using System.Buffers.Text;

namespace QuikApp.Protocol.Journal;

/// <summary>
/// Base64url (RFC 4648 §5, no padding) with exactly one text for every value. The platform's decoder also takes white space,
/// padding and non-zero spare bits, and with those a byte of a stored record could change without anyone noticing.
/// </summary>
internal static class StrictBase64Url
{
    private static readonly SearchValues<byte> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    /// <summary>Whether <paramref name="ascii"/> is the text of some bytes.</summary>
    public static bool IsValid(ReadOnlySpan<byte> ascii)
    {
        if (ascii.ContainsAnyExcept(Alphabet))
            return false;
        return (ascii.Length % 4) switch
        {
            0 => true,
            1 => false,
            2 => (Value(ascii[^1]) & 0b1111) == 0,
            _ => (Value(ascii[^1]) & 0b11) == 0,
        };
    }

    /// <summary>How many bytes a valid text of that length stands for.</summary>
    public static int DecodedLength(int textLength) => textLength * 3 / 4;

    /// <summary>Decodes into the beginning of <paramref name="destination"/>, which must hold <see cref="DecodedLength"/> bytes.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> ascii, Span<byte> destination) =>
        IsValid(ascii) && Base64Url.TryDecodeFromUtf8(ascii, destination, out _);

    private static int Value(byte letter) => letter switch
    {
        >= (byte)'A' and <= (byte)'Z' => letter - 'A',
        >= (byte)'a' and <= (byte)'z' => letter - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => letter - '0' + 52,
        (byte)'-' => 62,
        _ => 63,
    };
}
