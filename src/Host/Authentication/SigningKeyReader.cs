using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;
using QuikApp.Host.Secrets;

namespace QuikApp.Host.Authentication;

/// <summary>Makes keys of <see cref="SigningKeyOptions"/>, or says what is wrong with them.</summary>
internal static class SigningKeyReader
{
    private const int MostHmacBytes = 512;
    private const string PrivateMark = "PRIVATE KEY-----";

    /// <summary>Reads one key; <paramref name="path"/> is where it stands in the configuration.</summary>
    public static KeyReading Read(SigningKeyOptions options, string path)
    {
        if (SignatureAlgorithm.TryFind(options.Algorithm) is not { } algorithm)
            return KeyReading.Failed($"{path}:Algorithm is not one of HS256/384/512, RS256/384/512, PS256/384/512, ES256/384/512");

        if (options.Kid is { } kid && !KeyId.IsValid(kid))
            return KeyReading.Failed($"{path}:Kid must be 1 to {KeyId.MaxLength} characters of A-Z a-z 0-9 . _ -");

        string?[] places = [options.Key, options.PublicKeyPem, options.PublicKeyPath, options.KeyPath];
        if (places.Count(place => place is not null) != 1)
            return KeyReading.Failed($"{path} needs exactly one of Key, PublicKeyPem, PublicKeyPath and KeyPath");

        return algorithm.Family == KeyFamily.Hmac ? ReadHmac(options, algorithm, path) : ReadAsymmetric(options, algorithm, path);
    }

    private static KeyReading ReadHmac(SigningKeyOptions options, SignatureAlgorithm algorithm, string path)
    {
        if (options.PublicKeyPem is not null || options.PublicKeyPath is not null)
            return KeyReading.Failed($"{path}: {algorithm.Name} takes a secret and no public key; set Key or KeyPath");

        var (text, name) = (options.Key, $"{path}:Key");
        if (options.KeyPath is { } file)
        {
            var read = SecretFile.Read(file);
            if (!read.Succeeded)
                return KeyReading.Failed($"{path}:KeyPath: {read.Problem}");
            (text, name) = (Encoding.ASCII.GetString(read.Bytes), $"{path}:KeyPath: the content of {file}");
        }

        var key = SecretText.FromBase64(text, algorithm.LeastKeyBytes, MostHmacBytes);
        return key.Succeeded
            ? KeyReading.Of(options.Kid, algorithm, new SymmetricSecurityKey(key.Bytes), canSign: true)
            : KeyReading.Failed($"{name} {key.Problem}");
    }

    private static KeyReading ReadAsymmetric(SigningKeyOptions options, SignatureAlgorithm algorithm, string path)
    {
        if (options.Key is not null)
            return KeyReading.Failed($"{path}:Key is for HMAC; {algorithm.Name} takes PublicKeyPem, PublicKeyPath or KeyPath");

        var isPrivate = options.KeyPath is not null;
        var (pem, name, problem) = ReadPem(options, path);
        if (pem is null)
            return KeyReading.Failed($"{name}{problem}");

        if (pem.Contains(PrivateMark, StringComparison.Ordinal) != isPrivate)
        {
            return KeyReading.Failed(isPrivate
                ? $"{name} is no private key in PEM; name a public one with PublicKeyPath"
                : $"{name} holds a private key; replace it and give the private one, if tokens are made here, with KeyPath");
        }

        try
        {
            return algorithm.Family == KeyFamily.Rsa
                ? ReadRsa(pem, options.Kid, algorithm, isPrivate, name)
                : ReadCurve(pem, options.Kid, algorithm, isPrivate, name);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return KeyReading.Failed($"{name} is no unencrypted PEM key for {algorithm.Name}");
        }
    }

    private static (string? Pem, string Name, string Problem) ReadPem(SigningKeyOptions options, string path)
    {
        if (options.PublicKeyPem is { } inline)
            return (inline, $"{path}:PublicKeyPem", string.Empty);

        if (options.KeyPath is { } secret)
        {
            var read = SecretFile.Read(secret);
            return (read.Succeeded ? Encoding.ASCII.GetString(read.Bytes) : null, $"{path}:KeyPath", $": {read.Problem}");
        }

        var file = options.PublicKeyPath!;
        try
        {
            return (File.ReadAllText(file, Encoding.ASCII), $"{path}:PublicKeyPath", string.Empty);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (null, $"{path}:PublicKeyPath", $": {file} cannot be read");
        }
    }

    // The key objects are never disposed: the signature providers that the library caches go on using them.
    private static KeyReading ReadRsa(string pem, string? kid, SignatureAlgorithm algorithm, bool isPrivate, string name)
    {
        var rsa = RSA.Create();
        rsa.ImportFromPem(pem);
        return PublicKeyRules.ProblemOf(rsa) is { } problem
            ? KeyReading.Failed($"{name} {problem}")
            : KeyReading.Of(kid, algorithm, new RsaSecurityKey(rsa), isPrivate);
    }

    private static KeyReading ReadCurve(string pem, string? kid, SignatureAlgorithm algorithm, bool isPrivate, string name)
    {
        var curve = ECDsa.Create();
        curve.ImportFromPem(pem);
        return PublicKeyRules.ProblemOf(curve, algorithm) is { } problem
            ? KeyReading.Failed($"{name} {problem}")
            : KeyReading.Of(kid, algorithm, new ECDsaSecurityKey(curve), isPrivate);
    }
}
