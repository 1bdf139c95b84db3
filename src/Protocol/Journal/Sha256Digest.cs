using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace QuikApp.Protocol.Journal;

/// <summary>A SHA-256 value: a leaf of the hash chain, or the digest of a disclosure. Written as 43 characters of base64url.</summary>
public readonly struct Sha256Digest : IEquatable<Sha256Digest>
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 32;

    /// <summary>Length of the base64url text, without padding.</summary>
    public const int TextLength = 43;

    private readonly Content _content;

    /// <summary>Takes a value that was computed elsewhere.</summary>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> is not 32 bytes long.</exception>
    public Sha256Digest(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
            throw new ArgumentException("a SHA-256 value has 32 bytes", nameof(bytes));
        bytes.CopyTo(_content);
    }

    /// <summary>SHA-256 of <paramref name="data"/>.</summary>
    public static Sha256Digest Of(ReadOnlySpan<byte> data)
    {
        Span<byte> hash = stackalloc byte[Length];
        SHA256.HashData(data, hash);
        return new Sha256Digest(hash);
    }

    /// <summary>
    /// SHA-256 of <c>0x00 ‖ data</c>: the leaf hash of RFC 9162 §2.1.1, used by the chain of a stream and by the Merkle tree over all streams alike.
    /// </summary>
    public static Sha256Digest OfLeaf(ReadOnlySpan<byte> data)
    {
        // The one-shot hash wants one piece of memory and is far cheaper than an incremental one; a header is about 360 bytes.
        var rented = data.Length < 1024 ? null : ArrayPool<byte>.Shared.Rent(data.Length + 1);
        var prefixed = rented ?? stackalloc byte[1024];
        prefixed[0] = 0;
        data.CopyTo(prefixed[1..]);
        var leaf = Of(prefixed[..(data.Length + 1)]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return leaf;
    }

    /// <summary>Reads 43 characters of base64url; false when they are not exactly the text of 32 bytes.</summary>
    public static bool TryParse(ReadOnlySpan<byte> ascii, out Sha256Digest digest)
    {
        Span<byte> bytes = stackalloc byte[Length];
        var valid = ascii.Length == TextLength && StrictBase64Url.TryDecode(ascii, bytes);
        digest = valid ? new Sha256Digest(bytes) : default;
        return valid;
    }

    /// <summary>Reads 43 characters of base64url.</summary>
    /// <exception cref="FormatException">They are not exactly the text of 32 bytes.</exception>
    public static Sha256Digest Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(Encoding.UTF8.GetBytes(text), out var digest)
            ? digest
            : throw new FormatException("not a SHA-256 value (43 characters of base64url)");
    }

    /// <summary>Writes the 32 bytes.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public void CopyTo(Span<byte> destination) => ((ReadOnlySpan<byte>)_content).CopyTo(destination);

    /// <inheritdoc/>
    public bool Equals(Sha256Digest other) => ((ReadOnlySpan<byte>)_content).SequenceEqual(other._content);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Sha256Digest other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(_content);

    /// <summary>The 43 characters of base64url.</summary>
    public override string ToString() => Base64Url.EncodeToString(_content);

    /// <summary>Whether both are the same 32 bytes.</summary>
    public static bool operator ==(Sha256Digest left, Sha256Digest right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(Sha256Digest left, Sha256Digest right) => !left.Equals(right);

    [InlineArray(Length)]
    private struct Content
    {
        private byte _first;
    }
}
