using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace QuikApp.Protocol.Journal;

/// <summary>
/// Bodies as compact JWE (RFC 7516 §7.1) with direct encryption under AES-256-GCM (RFC 7518 §4.5, §5.3):
/// <c>header..iv.ciphertext.tag</c>. The plaintext is the ASCII text of a <see cref="Disclosure"/>.
/// </summary>
public static class BodyCipher
{
    /// <summary>Length of an initialisation vector in bytes.</summary>
    public const int IvLength = 12;

    private const int TagLength = 16;
    private const int IvTextLength = 16;
    private const int TagTextLength = 22;

    /// <summary>Length in bytes of the JWE of a plaintext of <paramref name="plaintextLength"/> bytes.</summary>
    public static int GetLength(int plaintextLength) => Overhead + Base64Url.GetEncodedLength(plaintextLength);

    private static int Overhead => ContentKey.ProtectedHeaderLength + 2 + IvTextLength + 1 + 1 + TagTextLength;

    /// <summary>Encrypts.</summary>
    /// <param name="key">The key.</param>
    /// <param name="iv">12 random bytes, never used before with this key.</param>
    /// <param name="plaintext">What to encrypt.</param>
    /// <param name="jwe">Room for exactly <see cref="GetLength"/> bytes.</param>
    /// <exception cref="ArgumentException">A length is not the one named.</exception>
    public static void Encrypt(ContentKey key, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> plaintext, Span<byte> jwe)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (iv.Length != IvLength)
            throw new ArgumentException("an initialisation vector has 12 bytes", nameof(iv));
        if (jwe.Length != GetLength(plaintext.Length))
            throw new ArgumentException("not the length of the JWE", nameof(jwe));

        var protectedHeader = key.ProtectedHeader;
        var rented = ArrayPool<byte>.Shared.Rent(plaintext.Length);
        var ciphertext = rented.AsSpan(0, plaintext.Length);
        Span<byte> tag = stackalloc byte[TagLength];
        using (var aes = new AesGcm(key.Key.Span, TagLength))
            aes.Encrypt(iv, plaintext, ciphertext, tag, protectedHeader);

        protectedHeader.CopyTo(jwe);
        jwe = jwe[protectedHeader.Length..];
        jwe[0] = jwe[1] = (byte)'.';
        jwe = Append(iv, jwe[2..]);
        jwe[0] = (byte)'.';
        jwe = Append(ciphertext, jwe[1..]);
        jwe[0] = (byte)'.';
        Append(tag, jwe[1..]);
        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>Length in bytes of the plaintext of <paramref name="jwe"/>, which has the form of a body.</summary>
    public static int GetPlaintextLength(ReadOnlySpan<byte> jwe) => StrictBase64Url.DecodedLength(Math.Max(jwe.Length - Overhead, 0));

    /// <summary>Decrypts.</summary>
    /// <param name="key">The key.</param>
    /// <param name="jwe">A body.</param>
    /// <param name="plaintext">Room for <see cref="GetPlaintextLength"/> bytes; all zero after a refusal.</param>
    /// <returns>False when it is not a body under this key, when any of its bytes was changed, or when the key bytes are wrong.</returns>
    public static bool TryDecrypt(ContentKey key, ReadOnlySpan<byte> jwe, Span<byte> plaintext)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!HasForm(jwe, key.ProtectedHeader) || plaintext.Length < GetPlaintextLength(jwe))
            return false;

        plaintext = plaintext[..GetPlaintextLength(jwe)];
        var parts = jwe[(key.ProtectedHeader.Length + 2)..];
        Span<byte> iv = stackalloc byte[IvLength];
        Span<byte> tag = stackalloc byte[TagLength];
        var rented = ArrayPool<byte>.Shared.Rent(plaintext.Length);
        var ciphertext = rented.AsSpan(0, plaintext.Length);
        try
        {
            if (!StrictBase64Url.TryDecode(parts[..IvTextLength], iv)
                || !StrictBase64Url.TryDecode(parts[(IvTextLength + 1)..^(TagTextLength + 1)], ciphertext)
                || !StrictBase64Url.TryDecode(parts[^TagTextLength..], tag))
                return false;
            using var aes = new AesGcm(key.Key.Span, TagLength);
            aes.Decrypt(iv, ciphertext, tag, plaintext, key.ProtectedHeader);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            plaintext.Clear();
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>Whether <paramref name="jwe"/> is a body under a key of that id, as far as can be told without the key.</summary>
    internal static bool HasForm(ReadOnlySpan<byte> jwe, ReadOnlySpan<byte> protectedHeader)
    {
        if (jwe.Length <= Overhead || !jwe.StartsWith(protectedHeader))
            return false;
        var parts = jwe[protectedHeader.Length..];
        if (parts[0] != (byte)'.' || parts[1] != (byte)'.')
            return false;
        parts = parts[2..];
        return StrictBase64Url.IsValid(parts[..IvTextLength])
            && parts[IvTextLength] == (byte)'.'
            && StrictBase64Url.IsValid(parts[(IvTextLength + 1)..^(TagTextLength + 1)])
            && parts[^(TagTextLength + 1)] == (byte)'.'
            && StrictBase64Url.IsValid(parts[^TagTextLength..]);
    }

    private static Span<byte> Append(ReadOnlySpan<byte> bytes, Span<byte> destination) =>
        destination[Base64Url.EncodeToUtf8(bytes, destination)..];
}
