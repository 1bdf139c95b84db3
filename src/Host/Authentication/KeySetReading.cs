using System.Diagnostics.CodeAnalysis;

namespace QuikApp.Host.Authentication;

/// <summary>What came of fetching the issuer's keys.</summary>
internal sealed class KeySetReading
{
    private KeySetReading(IReadOnlyList<VerificationKey>? keys, string? problem) => (Keys, Problem) = (keys, problem);

    /// <summary>The usable keys; may be none, if the issuer says so.</summary>
    public IReadOnlyList<VerificationKey>? Keys { get; }

    /// <summary>What went wrong, in our words: nothing of what came over the wire.</summary>
    public string? Problem { get; }

    /// <summary>Whether there is a set.</summary>
    [MemberNotNullWhen(true, nameof(Keys))]
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool Succeeded => Keys is not null;

    /// <summary>A set.</summary>
    public static KeySetReading Of(IReadOnlyList<VerificationKey> keys) => new(keys, null);

    /// <summary>None.</summary>
    public static KeySetReading Failed(string problem) => new(null, problem);
}
