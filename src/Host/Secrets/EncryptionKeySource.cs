using System.Text;

namespace QuikApp.Host.Secrets;

/// <summary>Where the 256-bit key-encryption key comes from, which wraps every key kept at rest. One for all nodes of a cluster.</summary>
internal static class EncryptionKeySource
{
    /// <summary>The length in bytes.</summary>
    public const int KeyBytes = 32;

    /// <summary>The name of the file that Development keeps in the data directory.</summary>
    public const string DevelopmentFileName = "kek.key";

    /// <summary>Reads the configured key; in Development, when none is configured, the one of the data directory, made at need.</summary>
    /// <exception cref="InvalidOperationException">There is none, or it is unsound; the message names the key and the fix.</exception>
    public static byte[] Load(KeyOptions options, IHostEnvironment environment, DataDirectory data)
    {
        var isConfigured = options.EncryptionKey is not null || options.EncryptionKeyPath is not null;
        if (!isConfigured && !environment.IsDevelopment())
            throw new InvalidOperationException("Keys:EncryptionKeyPath is missing.");

        var key = isConfigured ? ReadConfigured(options) : DevelopmentKeyFile.ReadOrMake(data.File(DevelopmentFileName));
        return key.Succeeded ? key.Bytes : throw new InvalidOperationException(key.Problem);
    }

    /// <summary>Reads the key that the configuration gives or names.</summary>
    internal static SecretRead ReadConfigured(KeyOptions options)
    {
        if (options.EncryptionKeyPath is not { } path)
        {
            var inline = SecretText.FromBase64(options.EncryptionKey, KeyBytes, KeyBytes);
            return inline.Succeeded ? inline : SecretRead.Failed($"Keys:EncryptionKey {inline.Problem}");
        }

        var file = SecretFile.Read(path);
        if (!file.Succeeded)
            return SecretRead.Failed($"Keys:EncryptionKeyPath: {file.Problem}");

        var key = SecretText.FromBase64(Encoding.ASCII.GetString(file.Bytes), KeyBytes, KeyBytes);
        return key.Succeeded ? key : SecretRead.Failed($"Keys:EncryptionKeyPath: the content of {path} {key.Problem}");
    }
}
