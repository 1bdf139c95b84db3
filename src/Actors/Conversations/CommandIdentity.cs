using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace QuikApp.Actors.Conversations;

/// <summary>
/// A command's key and body as the read model keeps them: keyed hashes, because neither a guessable text nor a user's name
/// may be read off the index.
/// </summary>
/// <param name="Key">HMAC-SHA-256 of <see cref="ConversationCommand.Key"/>, 32 bytes.</param>
/// <param name="Fingerprint">HMAC-SHA-256 of the body, 32 bytes.</param>
internal sealed record CommandIdentity(byte[] Key, byte[] Fingerprint)
{
    /// <summary><see cref="Key"/> as a dictionary key.</summary>
    public string KeyText { get; } = Convert.ToBase64String(Key);

    /// <summary>The identity of a command; null when it has no key.</summary>
    public static CommandIdentity? Of(ConversationCommand command, ReadOnlySpan<byte> indexKey)
    {
        if (command.Key is not { } text)
            return null;

        var key = HMACSHA256.HashData(indexKey, Encoding.UTF8.GetBytes(text));
        var body = command switch
        {
            ConversationCommand.Send send => Body(send).WrittenSpan,
            ConversationCommand.Announce announce => Encoding.UTF8.GetBytes(announce.Content),
            _ => default,
        };
        return new CommandIdentity(key, HMACSHA256.HashData(indexKey, body));
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
