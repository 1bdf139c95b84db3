using System.Text;
using QuikApp.Host.Configuration;
using QuikApp.Host.Secrets;

namespace QuikApp.Host.Access;

/// <summary>Reads the secret that the platform's directory knows this server by.</summary>
internal static class CallbackSecret
{
    private const int LeastLength = 32;
    private const int MostLength = 512;

    /// <summary>Words and patterns have fewer distinct characters than what was drawn at random.</summary>
    private const int FewestDistinct = 10;

    private const string Fix = "make one with: openssl rand -base64 32";

    /// <summary>The secret as bytes of ASCII, or a sentence that begins with the key at fault and never shows it.</summary>
    public static SecretRead Read(AccessOptions options)
    {
        if (options.CallbackToken is { Length: > 0 } && options.CallbackTokenPath is { Length: > 0 })
            return SecretRead.Failed("Access:CallbackToken: is set beside Access:CallbackTokenPath; remove one of them.");
        if (options.CallbackTokenPath is { Length: > 0 } path)
        {
            var file = SecretFile.Read(path);
            return file.Succeeded
                ? Check(Encoding.UTF8.GetString(file.Bytes).Trim(), "Access:CallbackTokenPath: the content")
                : SecretRead.Failed($"Access:CallbackTokenPath: {file.Problem}.");
        }

        return options.CallbackToken is { Length: > 0 } text
            ? Check(text, "Access:CallbackToken:")
            : SecretRead.Failed($"Access:CallbackToken: is missing, so that the directory could not know who asks; {Fix}, or name a file with Access:CallbackTokenPath.");
    }

    private static SecretRead Check(string text, string name)
    {
        if (text.Length is < LeastLength or > MostLength || text.AsSpan().ContainsAnyExceptInRange('!', '~'))
            return SecretRead.Failed($"{name} must be {LeastLength} to {MostLength} visible ASCII characters without blanks; {Fix}.");
        return text.Distinct().Count() < FewestDistinct
            ? SecretRead.Failed($"{name} is a placeholder and not random; {Fix}.")
            : SecretRead.Of(Encoding.ASCII.GetBytes(text));
    }
}
