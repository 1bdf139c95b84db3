using System.Security.Cryptography;
using System.Text;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Host.Api.Requests;

/// <summary>
/// The <c>Idempotency-Key</c> of a POST: the same key and the same request give the same answer, however often and after
/// whatever restart. Its grammar is that of a message's <c>clientId</c>.
/// </summary>
/// <param name="Text">1 to 64 printable ASCII characters; null when none was given.</param>
internal readonly record struct IdempotencyKey(string? Text)
{
    /// <summary>The header.</summary>
    public const string Header = "Idempotency-Key";

    private const int IdBytes = 16;

    /// <summary>Reads the header.</summary>
    public static bool TryRead(HttpRequest request, out IdempotencyKey key, out Refusal? refusal)
    {
        var values = request.Headers[Header];
        key = default;
        refusal = values switch
        {
            [] => null,
            [{ Length: > 0 and <= PayloadLimits.ClientIdLength } text] when !text.AsSpan().ContainsAnyExceptInRange(' ', '~') => null,
            [_] => Refusal.InvalidPayload(PayloadFault.BadFormat, Header),
            _ => Refusal.InvalidPayload(PayloadFault.DuplicateMember, Header),
        };
        if (refusal is null && values.Count == 1)
            key = new IdempotencyKey(values[0]);
        return refusal is null;
    }

    /// <summary>
    /// A digest that stands for user, purpose and key, the same on every node; null without a key. It is also the id of
    /// what is created, so that a repeat finds it.
    /// </summary>
    /// <param name="secret">A key that all nodes share: nobody can work out the digests of others.</param>
    /// <param name="user">Whose key it is: two users may use the same one.</param>
    /// <param name="purpose">What is asked for; no line feed.</param>
    public byte[]? Digest(ReadOnlySpan<byte> secret, UserId user, string purpose) => Text is null
        ? null
        : HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"api\n{purpose}\n{user.Value}\n{Text}"));

    /// <summary>The digest as 32 characters of an id; random ones where there is no key.</summary>
    public string NewId(ReadOnlySpan<byte> secret, UserId user, string purpose) =>
        Convert.ToHexStringLower((Digest(secret, user, purpose) ?? RandomNumberGenerator.GetBytes(IdBytes)).AsSpan(0, IdBytes));
}
