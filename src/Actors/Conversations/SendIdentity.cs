using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace QuikApp.Actors.Conversations;

/// <summary>
/// A send's idempotency key and body as the read model keeps them: keyed hashes, because neither a guessable text nor a
/// user's name may be read off the index.
/// </summary>
/// <param name="Key">HMAC-SHA-256 of author and <c>clientId</c>, 32 bytes.</param>
/// <param name="Fingerprint">HMAC-SHA-256 of the body, 32 bytes.</param>
internal sealed record SendIdentity(byte[] Key, byte[] Fingerprint)
{
    /// <summary><see cref="Key"/> as a dictionary key.</summary>
    public string KeyText { get; } = Convert.ToBase64String(Key);

    /// <summary>The identity of a send; null when it carries no <c>clientId</c>.</summary>
    public static SendIdentity? Of(ConversationCommand.Send send, ReadOnlySpan<byte> indexKey)
    {
        if (send.ClientId is not { } clientId)
            return null;

        // A user id cannot hold a line feed, so the pair is unambiguous.
        var key = HMACSHA256.HashData(indexKey, Encoding.UTF8.GetBytes($"{send.By.User.Value}\n{clientId}"));
        return new SendIdentity(key, HMACSHA256.HashData(indexKey, Body(send).WrittenSpan));
    }

    private static ArrayBufferWriter<byte> Body(ConversationCommand.Send send)
    {
        var buffer = new ArrayBufferWriter<byte>(256 + send.Content.Length);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartArray();
        json.WriteStringValue(send.Content);
        foreach (var a in send.Attachments)
        {
            json.WriteStartArray();
            json.WriteStringValue(a.Name);
            json.WriteNumberValue(a.Size);
            json.WriteStringValue(a.Type);
            json.WriteStringValue(a.Sha256);
            json.WriteStringValue(a.Url);
            json.WriteEndArray();
        }

        foreach (var user in send.Mentions)
            json.WriteStringValue(user.Value);
        json.WriteEndArray();
        json.Flush();
        return buffer;
    }
}
