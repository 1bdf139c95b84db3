using Microsoft.Extensions.Options;

namespace QuikApp.Host.Secrets;

/// <summary>Refuses a start without a sound key-encryption key.</summary>
internal sealed class KeyOptionsValidator(IHostEnvironment environment) : IValidateOptions<KeyOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, KeyOptions options)
    {
        if (options.EncryptionKey is not null && options.EncryptionKeyPath is not null)
            return ValidateOptionsResult.Fail("Keys:EncryptionKey and Keys:EncryptionKeyPath are both set; remove one of them.");

        if (options.EncryptionKey is null && options.EncryptionKeyPath is null)
        {
            return environment.IsDevelopment()
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(
                    "Keys:EncryptionKeyPath is missing; write a key with: (umask 077; openssl rand -base64 32 > kek.key) and name the file.");
        }

        var key = EncryptionKeySource.ReadConfigured(options);
        return key.Succeeded ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail($"{key.Problem}.");
    }
}
