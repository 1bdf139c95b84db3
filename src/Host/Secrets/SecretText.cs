using System.Buffers;
using System.Text;

namespace QuikApp.Host.Secrets;

/// <summary>Reads symmetric keys from their base64 text and tells random bytes from a placeholder.</summary>
internal static class SecretText
{
    /// <summary>
    /// Random keys have more distinct bytes than this: 32 uniform bytes have 30 on average, and even 64 random hex digits
    /// have fewer than 10 in one of 10^12 cases only. A repeated letter or a short pattern has fewer.
    /// </summary>
    private const int FewestDistinctBytes = 10;

    private static readonly SearchValues<string> Words = SearchValues.Create(
        [
            "change", "secret", "passw", "placeholder", "example", "default", "replace", "insert", "your", "sample", "dummy",
            "quikapp", "development", "signing", "qwerty", "letmein", "token", "test", "todo", "key",
        ],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads base64 (standard or URL alphabet, with or without padding); white space at the ends is dropped.</summary>
    /// <param name="text">The text of the configuration or of a file.</param>
    /// <param name="leastBytes">The shortest key that is allowed.</param>
    /// <param name="mostBytes">The longest.</param>
    public static SecretRead FromBase64(string? text, int leastBytes, int mostBytes)
    {
        var fix = $"make one with: openssl rand -base64 {leastBytes}";
        var normal = (text ?? string.Empty).Trim().TrimEnd('=').Replace('-', '+').Replace('_', '/');
        if (normal.Length == 0)
            return SecretRead.Failed($"is empty; {fix}");

        var bytes = new byte[normal.Length];
        if (!Convert.TryFromBase64String(normal + new string('=', (4 - normal.Length % 4) % 4), bytes, out var length))
            return SecretRead.Failed($"is not base64; {fix}");

        bytes = bytes[..length];
        if (length < leastBytes || length > mostBytes)
        {
            var wanted = leastBytes == mostBytes ? $"{leastBytes} bytes are needed" : $"at least {leastBytes} bytes are needed, at most {mostBytes}";
            return SecretRead.Failed($"is {length} bytes long, {wanted}; {fix}");
        }

        return IsPlaceholder(bytes)
            ? SecretRead.Failed($"is a placeholder and not random; {fix}")
            : SecretRead.Of(bytes);
    }

    /// <summary>Whether the bytes are words, a pattern or a run rather than random.</summary>
    public static bool IsPlaceholder(ReadOnlySpan<byte> key)
    {
        var distinct = new HashSet<byte>();
        var isRun = true;
        var isText = true;
        for (var i = 0; i < key.Length; i++)
        {
            distinct.Add(key[i]);
            isRun &= i < 2 || (byte)(key[i] - key[i - 1]) == (byte)(key[1] - key[0]);
            isText &= key[i] is >= 0x20 and < 0x7f;
        }

        return distinct.Count < FewestDistinctBytes || isRun
            || (isText && Encoding.ASCII.GetString(key).AsSpan().ContainsAny(Words));
    }
}
