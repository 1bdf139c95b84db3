using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using QuikApp.Actors.Storage.Keys;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.LongPoll;

/// <summary>
/// Makes and reads session tokens: a <see cref="PollTicket"/> and its HMAC-SHA256 under a key that all nodes of the cluster
/// derive from the same key store, so that any of them knows whose session it is and where it lives.
/// </summary>
/// <remarks>
/// Authenticated and not encrypted: there is nothing in it that its holder may not know, and an HMAC has no nonce to run out of
/// when every answer carries a new token. A token has no dot, by which it is told from a JWT in the same query.
/// </remarks>
internal sealed class PollTokens(IKeyStore keys)
{
    private const byte Version = 1;
    private const int Fixed = 1 + sizeof(int) + PollTicket.SessionBytes + sizeof(ulong) + sizeof(long);
    private const int MacLength = HMACSHA256.HashSizeInBytes;

    // A user id is at most a few dozen characters; nothing longer can be ours.
    private const int MaxLength = 1024;

    // The key store opens its database when it is first asked.
    private readonly Lazy<byte[]> _key = new(() =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, keys.IndexKey.ToArray(), 32, info: "quikapp/long-poll/v1"u8.ToArray()));

    /// <summary>The fingerprint of an access token.</summary>
    public static ulong CredentialOf(string accessToken) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(accessToken)));

    /// <summary>Writes a token.</summary>
    public string Seal(PollTicket ticket)
    {
        var bytes = new byte[Fixed + Encoding.UTF8.GetByteCount(ticket.User.Value) + MacLength];
        bytes[0] = Version;
        var rest = bytes.AsSpan(1);
        BinaryPrimitives.WriteInt32BigEndian(rest, ticket.Node);
        rest = rest[sizeof(int)..];
        Convert.FromHexString(ticket.Session, rest[..PollTicket.SessionBytes], out _, out _);
        rest = rest[PollTicket.SessionBytes..];
        BinaryPrimitives.WriteUInt64BigEndian(rest, ticket.Credential);
        BinaryPrimitives.WriteInt64BigEndian(rest[sizeof(ulong)..], ticket.Received);
        Encoding.UTF8.GetBytes(ticket.User.Value, rest[(sizeof(ulong) + sizeof(long))..]);
        HMACSHA256.HashData(_key.Value, bytes.AsSpan(..^MacLength), bytes.AsSpan(^MacLength..));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads a token; null when no node of this cluster made it.</summary>
    public PollTicket? Open(string text)
    {
        if (text.Length > MaxLength || !Base64Url.IsValid(text, out var length) || length < Fixed + MacLength)
            return null;

        var bytes = Base64Url.DecodeFromChars(text).AsSpan();
        Span<byte> mac = stackalloc byte[MacLength];
        HMACSHA256.HashData(_key.Value, bytes[..^MacLength], mac);
        return CryptographicOperations.FixedTimeEquals(mac, bytes[^MacLength..]) && bytes[0] == Version
            ? Read(bytes[1..^MacLength])
            : null;
    }

    private static PollTicket? Read(ReadOnlySpan<byte> bytes)
    {
        var node = BinaryPrimitives.ReadInt32BigEndian(bytes);
        bytes = bytes[sizeof(int)..];
        var session = Convert.ToHexStringLower(bytes[..PollTicket.SessionBytes]);
        bytes = bytes[PollTicket.SessionBytes..];
        var credential = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        var received = BinaryPrimitives.ReadInt64BigEndian(bytes[sizeof(ulong)..]);
        bytes = bytes[(sizeof(ulong) + sizeof(long))..];
        return Utf8.IsValid(bytes) && UserId.TryParse(Encoding.UTF8.GetString(bytes), out var user)
            ? new PollTicket(node, session, user, credential, received)
            : null;
    }
}
