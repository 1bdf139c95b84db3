using System.Diagnostics.CodeAnalysis;
using Microsoft.IdentityModel.Tokens;

namespace QuikApp.Host.Authentication;

/// <summary>What came of reading a configured key.</summary>
internal sealed class KeyReading
{
    private KeyReading(VerificationKey? key, SigningCredentials? signing, string? problem) =>
        (Key, Signing, Problem) = (key, signing, problem);

    /// <summary>The key that checks.</summary>
    public VerificationKey? Key { get; }

    /// <summary>The same key as one that signs; null when only its public half is known.</summary>
    public SigningCredentials? Signing { get; }

    /// <summary>What is wrong and how to mend it; never a part of the key.</summary>
    public string? Problem { get; }

    /// <summary>Whether there is a key.</summary>
    [MemberNotNullWhen(true, nameof(Key))]
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool Succeeded => Key is not null;

    /// <summary>A key that can check, and sign where <paramref name="canSign"/>.</summary>
    public static KeyReading Of(string? kid, SignatureAlgorithm algorithm, SecurityKey key, bool canSign)
    {
        key.KeyId = kid;
        return new(new(kid, algorithm, key), canSign ? new SigningCredentials(key, algorithm.Name) : null, null);
    }

    /// <summary>There is no key.</summary>
    public static KeyReading Failed(string problem) => new(null, null, problem);
}
