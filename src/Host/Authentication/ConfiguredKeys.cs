using System.Collections.Frozen;

namespace QuikApp.Host.Authentication;

/// <summary>Keys that the configuration holds, or that Development made.</summary>
internal sealed class ConfiguredKeys : IVerificationKeys
{
    private readonly FrozenDictionary<string, VerificationKey> _named;
    private readonly VerificationKey? _unnamed;

    /// <summary>Holds <paramref name="keys"/>; only a single one may be without a name.</summary>
    public ConfiguredKeys(IReadOnlyCollection<VerificationKey> keys)
    {
        _named = keys.Where(key => key.Kid is not null).ToFrozenDictionary(key => key.Kid!, StringComparer.Ordinal);
        _unnamed = keys.Count == 1 ? keys.SingleOrDefault(key => key.Kid is null) : null;
    }

    /// <inheritdoc/>
    public ValueTask<VerificationKey?> FindAsync(string? kid) =>
        ValueTask.FromResult(kid is null ? _unnamed : _named.GetValueOrDefault(kid));
}
