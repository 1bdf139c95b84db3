using System.Diagnostics.CodeAnalysis;

namespace QuikApp.Host.Secrets;

/// <summary>What came of reading a secret: its bytes, or a sentence for the operator that never holds a part of it.</summary>
internal readonly struct SecretRead
{
    private SecretRead(byte[]? bytes, string? problem) => (Bytes, Problem) = (bytes, problem);

    /// <summary>The secret.</summary>
    public byte[]? Bytes { get; }

    /// <summary>What is wrong and how to mend it.</summary>
    public string? Problem { get; }

    /// <summary>Whether there is a secret.</summary>
    [MemberNotNullWhen(true, nameof(Bytes))]
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool Succeeded => Bytes is not null;

    /// <summary>The secret was read.</summary>
    public static SecretRead Of(byte[] bytes) => new(bytes, null);

    /// <summary>It was not.</summary>
    public static SecretRead Failed(string problem) => new(null, problem);
}
