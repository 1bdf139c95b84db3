using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Api.Paging;

/// <summary>
/// Positions in lists as opaque texts: sealed for one user and one list, so that nobody can make one up, or use another's.
/// All nodes of a cluster share the key; a cursor does not expire.
/// </summary>
/// <param name="secret">The key that the cursors' own is derived from.</param>
internal sealed class PageCursors(ReadOnlyMemory<byte> secret)
{
    /// <summary>The longest cursor that is looked at, in characters.</summary>
    public const int MaxLength = 256;

    private const int SealBytes = 16;

    private readonly byte[] _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret.ToArray(), 32, info: "quikapp/cursor/v1"u8.ToArray());

    /// <summary>Seals a position.</summary>
    /// <param name="user">Who may use it.</param>
    /// <param name="list">The list, as a path; no line feed.</param>
    /// <param name="position">Where the next page begins.</param>
    public string Seal(UserId user, string list, ReadOnlySpan<byte> position)
    {
        var sealed_ = new byte[position.Length + SealBytes];
        position.CopyTo(sealed_);
        SealOf(user, list, position, sealed_.AsSpan(position.Length));
        return Base64Url.EncodeToString(sealed_);
    }

    /// <summary>Opens a cursor; false when this server did not give it to this user for this list.</summary>
    public bool TryOpen(UserId user, string list, string cursor, out ReadOnlyMemory<byte> position)
    {
        position = default;
        if (cursor.Length > MaxLength || !Base64Url.IsValid(cursor))
            return false;

        var sealed_ = Base64Url.DecodeFromChars(cursor);
        if (sealed_.Length < SealBytes)
            return false;

        Span<byte> expected = stackalloc byte[SealBytes];
        var found = sealed_.AsMemory(0, sealed_.Length - SealBytes);
        SealOf(user, list, found.Span, expected);
        // The spelling counts too: base64 has several for the same bytes, and one cursor must be one text.
        if (!CryptographicOperations.FixedTimeEquals(expected, sealed_.AsSpan(found.Length)) || Base64Url.EncodeToString(sealed_) != cursor)
            return false;

        position = found;
        return true;
    }

    private void SealOf(UserId user, string list, ReadOnlySpan<byte> position, Span<byte> into)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        mac.AppendData(Encoding.UTF8.GetBytes($"{user.Value}\n{list}\n"));
        mac.AppendData(position);
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        mac.GetHashAndReset(whole);
        whole[..SealBytes].CopyTo(into);
    }
}
