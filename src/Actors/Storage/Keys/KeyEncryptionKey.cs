using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace QuikApp.Actors.Storage.Keys;

/// <summary>
/// The key that wraps all others (AES-256-GCM, NIST SP 800-38D). It comes from the operator, lies in no database, and never
/// shows itself.
/// </summary>
/// <remarks>The nonce is random, so one key may wrap 2^32 keys.</remarks>
[DebuggerDisplay("(hidden)")]
internal sealed class KeyEncryptionKey : IDisposable
{
    /// <summary>The length of the key, in bytes.</summary>
    public const int Length = 32;

    private const byte Version = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _key;

    /// <summary>Takes a copy of <paramref name="key"/>, 32 bytes.</summary>
    /// <exception cref="ArgumentException">It has another length.</exception>
    public KeyEncryptionKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != Length)
            throw new ArgumentException($"a key-encryption key has {Length} bytes", nameof(key));
        _key = key.ToArray();
    }

    /// <summary>Wraps <paramref name="secret"/>, bound to <paramref name="purpose"/>: version, nonce, ciphertext, tag.</summary>
    public byte[] Wrap(ReadOnlySpan<byte> secret, string purpose)
    {
        var wrapped = new byte[1 + NonceLength + secret.Length + TagLength];
        wrapped[0] = Version;
        var nonce = wrapped.AsSpan(1, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, TagLength);
        aes.Encrypt(nonce, secret, wrapped.AsSpan(1 + NonceLength, secret.Length), wrapped.AsSpan(^TagLength..), Encoding.UTF8.GetBytes(purpose));
        return wrapped;
    }

    /// <summary>Undoes <see cref="Wrap"/>.</summary>
    /// <exception cref="CryptographicException">Another key or purpose wrapped it, or it was changed.</exception>
    public byte[] Unwrap(ReadOnlySpan<byte> wrapped, string purpose)
    {
        if (wrapped.Length < 1 + NonceLength + TagLength || wrapped[0] != Version)
            throw new CryptographicException("not a wrapped key");
        var secret = new byte[wrapped.Length - 1 - NonceLength - TagLength];
        using var aes = new AesGcm(_key, TagLength);
        aes.Decrypt(wrapped.Slice(1, NonceLength), wrapped.Slice(1 + NonceLength, secret.Length), wrapped[^TagLength..], secret, Encoding.UTF8.GetBytes(purpose));
        return secret;
    }

    /// <inheritdoc/>
    public override string ToString() => "(hidden)";

    /// <summary>Wipes the key.</summary>
    public void Dispose() => CryptographicOperations.ZeroMemory(_key);
}
