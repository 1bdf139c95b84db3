namespace QuikApp.Host.Authentication;

/// <summary>Hands the validated token of a request to its endpoint.</summary>
internal static class AccessTokenContext
{
    /// <summary>The token the request was authenticated with.</summary>
    /// <exception cref="InvalidOperationException">The endpoint does not ask for authentication.</exception>
    public static AccessToken GetAccessToken(this HttpContext context) =>
        context.Features.Get<AccessToken>() ?? throw new InvalidOperationException("The endpoint must require authorization.");
}
