using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using QuikApp.Host.Secrets;

namespace QuikApp.Host.Authentication;

/// <summary>The keys this server holds itself: those configured or, in Development without any, one it makes and keeps.</summary>
internal sealed class SigningKeyRing
{
    /// <summary>The name of the file that Development keeps in the data directory.</summary>
    public const string DevelopmentFileName = "signing.key";

    private static readonly SignatureAlgorithm DevelopmentAlgorithm = SignatureAlgorithm.TryFind("HS256")!;

    /// <summary>Reads or makes the keys.</summary>
    /// <exception cref="InvalidOperationException">A key is missing or unsound; the message names it and the fix.</exception>
    public SigningKeyRing(IOptions<AuthOptions> options, IHostEnvironment environment, DataDirectory data)
    {
        var configured = options.Value.SigningKeys;
        var needsOwn = configured.Count == 0 && options.Value.Authority is null && environment.IsDevelopment();
        var readings = needsOwn
            ? [ReadDevelopmentKey(data.File(DevelopmentFileName))]
            : configured.Select((key, i) => SigningKeyReader.Read(key, $"{AuthOptions.SectionName}:SigningKeys:{i}")).ToArray();

        if (readings.FirstOrDefault(reading => !reading.Succeeded) is { } failed)
            throw new InvalidOperationException(failed.Problem);

        Keys = [.. readings.Select(reading => reading.Key!)];
        Signing = readings.FirstOrDefault(reading => reading.Signing is not null)?.Signing;
    }

    /// <summary>The keys that check; empty with <see cref="AuthOptions.Authority"/>.</summary>
    public IReadOnlyList<VerificationKey> Keys { get; }

    /// <summary>The first key that can sign, or null.</summary>
    public SigningCredentials? Signing { get; }

    private static KeyReading ReadDevelopmentKey(string path)
    {
        var key = DevelopmentKeyFile.ReadOrMake(path);
        if (!key.Succeeded)
            return KeyReading.Failed(key.Problem);

        // A name that follows the key: a token of an earlier key is told apart from a forged one in the audit log.
        var kid = "development-" + Convert.ToHexStringLower(SHA256.HashData(key.Bytes).AsSpan(0, 4));
        return KeyReading.Of(kid, DevelopmentAlgorithm, new SymmetricSecurityKey(key.Bytes), canSign: true);
    }
}
