namespace QuikApp.Host.Authentication.Revocations;

/// <summary>Whether a token that is sound in itself was taken back.</summary>
internal interface IRevocations
{
    /// <summary>Whether the table was read lately. When not, nobody knows what was taken back, and no token counts.</summary>
    bool IsCurrent { get; }

    /// <summary>Whether the token was taken back.</summary>
    ValueTask<bool> IsRevoked(AccessToken token);
}
