namespace QuikApp.Host.Authentication;

/// <summary>The keys of the issuer, found by exact name only.</summary>
internal interface IVerificationKeys
{
    /// <summary>
    /// The key of that name, or null. Without a name: the only key, if it has none either. May wait for one fetch of the
    /// issuer's keys, some seconds at most; never throws.
    /// </summary>
    ValueTask<VerificationKey?> FindAsync(string? kid);
}
