using System.Buffers;
using System.Buffers.Text;

namespace QuikApp.Protocol.Journal;

/// <summary>
/// A body with its salt as RFC 9901 §4.2.1 writes it: base64url of <c>["&lt;salt&gt;","body",{…}]</c>. The header commits to the
/// SHA-256 of that text, so a body can be shown or withheld without touching the chain, and cannot be guessed while withheld.
/// </summary>
public static class Disclosure
{
    /// <summary>Length of a salt in bytes (RFC 9901 §9.3 recommends 128 bits).</summary>
    public const int SaltLength = 16;

    private const int SaltTextLength = 22;

    private static ReadOnlySpan<byte> Start => "[\""u8;

    private static ReadOnlySpan<byte> Claim => "\",\"body\","u8;

    private static ReadOnlySpan<byte> End => "]"u8;

    /// <summary>Writes the disclosure of a body.</summary>
    /// <param name="salt">16 random bytes, used once.</param>
    /// <param name="body">A JSON object.</param>
    /// <param name="output">Receives ASCII text.</param>
    /// <exception cref="ArgumentException"><paramref name="salt"/> is not 16 bytes long.</exception>
    public static void Write(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> body, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (salt.Length != SaltLength)
            throw new ArgumentException("a salt has 16 bytes", nameof(salt));

        using var json = new PooledBuffer(Start.Length + SaltTextLength + Claim.Length + body.Length + End.Length);
        json.Write(Start);
        json.Advance(Base64Url.EncodeToUtf8(salt, json.GetSpan(SaltTextLength)));
        json.Write(Claim);
        json.Write(body);
        json.Write(End);
        output.Advance(Base64Url.EncodeToUtf8(json.Written, output.GetSpan(Base64Url.GetEncodedLength(json.Written.Length))));
    }

    /// <summary>What stands in <c>_sd</c>: SHA-256 over the ASCII bytes of the disclosure itself (RFC 9901 §4.2.3).</summary>
    public static Sha256Digest DigestOf(ReadOnlySpan<byte> disclosure) => Sha256Digest.Of(disclosure);

    /// <summary>Reads a disclosure in exactly the form that <see cref="Write"/> gives it.</summary>
    /// <param name="disclosure">ASCII text.</param>
    /// <param name="salt">Receives 16 bytes.</param>
    /// <param name="body">Receives the JSON of the body, not parsed.</param>
    public static bool TryRead(ReadOnlySpan<byte> disclosure, Span<byte> salt, IBufferWriter<byte> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var length = StrictBase64Url.DecodedLength(disclosure.Length);
        using var json = new PooledBuffer(length + 1);
        if (!StrictBase64Url.TryDecode(disclosure, json.GetSpan(length)))
            return false;
        json.Advance(length);

        var rest = json.Written;
        var frame = Start.Length + SaltTextLength + Claim.Length + End.Length;
        if (rest.Length <= frame || !rest.StartsWith(Start) || !rest.EndsWith(End))
            return false;
        rest = rest[Start.Length..^End.Length];
        if (!rest[SaltTextLength..].StartsWith(Claim) || salt.Length < SaltLength || !StrictBase64Url.TryDecode(rest[..SaltTextLength], salt))
            return false;
        body.Write(rest[(SaltTextLength + Claim.Length)..]);
        return true;
    }
}
