using System.Buffers.Text;
using System.Text;

namespace QuikApp.Protocol.Journal;

/// <summary>A key that bodies are encrypted with (AES-256): one for each author, stream and month, so that erasing it erases just that.</summary>
public sealed class ContentKey
{
    /// <summary>Length of the key in bytes.</summary>
    public const int KeyLength = 32;

    private readonly byte[] _protectedHeader;

    /// <summary>Takes a key from the key store.</summary>
    /// <param name="kid">Its id, <c>k_</c> and a ULID.</param>
    /// <param name="key">32 bytes.</param>
    /// <exception cref="ArgumentException">One of them is not what it must be.</exception>
    public ContentKey(string kid, ReadOnlyMemory<byte> key)
    {
        if (!RecordIds.IsKey(kid))
            throw new ArgumentException("not the id of a content key (k_ and a ULID)", nameof(kid));
        if (key.Length != KeyLength)
            throw new ArgumentException("a content key has 32 bytes", nameof(key));
        Kid = kid;
        Key = key;
        _protectedHeader = new byte[ProtectedHeaderLength];
        WriteProtectedHeader(kid, _protectedHeader);
    }

    /// <summary>Its id.</summary>
    public string Kid { get; }

    /// <summary>The 32 bytes.</summary>
    public ReadOnlyMemory<byte> Key { get; }

    /// <summary>Length in characters of the JWE protected header, the same for every key.</summary>
    internal static int ProtectedHeaderLength { get; } = Base64Url.GetEncodedLength(Start.Length + KidLength + End.Length);

    /// <summary>The JWE protected header in base64url: the first part of every body under this key, and its additional data.</summary>
    internal ReadOnlySpan<byte> ProtectedHeader => _protectedHeader;

    private static int KidLength => 28;

    private static ReadOnlySpan<byte> Start => "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":\""u8;

    private static ReadOnlySpan<byte> End => "\"}"u8;

    /// <summary>The id; never the key.</summary>
    public override string ToString() => Kid;

    /// <summary>Writes the protected header of bodies under the key <paramref name="kid"/>, which has passed <see cref="RecordIds.IsKey"/>.</summary>
    internal static void WriteProtectedHeader(string kid, Span<byte> destination)
    {
        Span<byte> json = stackalloc byte[Start.Length + KidLength + End.Length];
        Start.CopyTo(json);
        Encoding.ASCII.GetBytes(kid, json[Start.Length..]);
        End.CopyTo(json[(Start.Length + KidLength)..]);
        Base64Url.EncodeToUtf8(json, destination);
    }
}
