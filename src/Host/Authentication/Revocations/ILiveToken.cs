namespace QuikApp.Host.Authentication.Revocations;

/// <summary>Something that lives by a token: a session. Safe to call from any thread.</summary>
internal interface ILiveToken
{
    /// <summary>The token, or the newest of those that refreshed it.</summary>
    AccessToken Token { get; }

    /// <summary>Ends it.</summary>
    /// <param name="code">A code of <see cref="Protocol.WebSockets.CloseCode"/>.</param>
    /// <param name="reason">For people.</param>
    void End(int code, string reason);
}
