namespace QuikApp.Host.Authentication;

/// <summary>Whose tokens are accepted. Checked at start by <see cref="AuthOptionsValidator"/>.</summary>
internal sealed class AuthOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string SectionName = "Auth";

    /// <summary>The one <c>iss</c> that is accepted, compared byte for byte.</summary>
    /// <value>None: required in Production. Development: <c>quikapp-development</c>.</value>
    public string Issuer { get; set; } = string.Empty;

    /// <summary>The value that <c>aud</c> must be or contain, compared byte for byte.</summary>
    /// <value>None: required in Production. Development: <c>quikapp</c>.</value>
    public string Audience { get; set; } = string.Empty;

    /// <summary>
    /// Where the issuer publishes its keys: an OIDC issuer, a JWKS address (a path that ends in <c>.json</c>, <c>/jwks</c>,
    /// <c>/keys</c> or <c>/certs</c>), or <c>file:</c> and the path of a JWKS. https only; in Development also http on
    /// loopback. Not together with <see cref="SigningKeys"/>.
    /// </summary>
    /// <value>None.</value>
    public string? Authority { get; set; }

    /// <summary>How often the keys of <see cref="Authority"/> are fetched again, 5 minutes to 12 hours; a withdrawn key lives that long.</summary>
    /// <value>1 hour.</value>
    public TimeSpan KeyRefreshInterval { get; set; } = AuthDefaults.KeyRefreshInterval;

    /// <summary>The issuer's keys, when it publishes none. All HMAC or all asymmetric. The first that can sign makes tokens.</summary>
    /// <value>Empty; Development makes one of its own when there is no <see cref="Authority"/> either.</value>
    public IList<SigningKeyOptions> SigningKeys { get; } = [];

    /// <summary>The <c>typ</c> headers that are accepted, in any case, <c>application/</c> before them or not.</summary>
    /// <value>
    /// When empty: <c>at+jwt</c> (RFC 9068) and <c>JWT</c>, which most issuers still write. A token without <c>typ</c> and any
    /// other kind (<c>id_token</c>, <c>logout+jwt</c>, <c>dpop+jwt</c>) is refused: RFC 8725 §3.11.
    /// </value>
    public IList<string> TokenTypes { get; } = [];

    /// <summary>The allowed difference between the issuer's clock and ours, 0 to 120 s. A token dies at <c>exp</c> plus this.</summary>
    /// <value>30 s.</value>
    public TimeSpan ClockSkew { get; set; } = AuthDefaults.ClockSkew;

    /// <summary>The longest life, <c>exp</c> minus <c>iat</c>, 1 minute to 31 days; a token that lives longer is refused.</summary>
    /// <value>24 hours.</value>
    public TimeSpan MaxLifetime { get; set; } = AuthDefaults.MaxLifetime;

    /// <summary>The longest token in bytes, 512 to 8,192; a longer one is refused before it is looked at.</summary>
    /// <value>8,192.</value>
    public int MaxTokenBytes { get; set; } = AuthDefaults.MaxTokenBytes;

    /// <summary>Whether the query <c>token</c> is looked at. Addresses end up in the logs of proxies; headers do not.</summary>
    /// <value>True.</value>
    public bool AllowQueryToken { get; set; } = true;

    /// <summary>How often this node reads which tokens were taken back, 100 ms to 1.5 s.</summary>
    /// <value>500 ms.</value>
    public TimeSpan RevocationPoll { get; set; } = AuthDefaults.RevocationPoll;

    /// <summary>How long this node goes on without having been able to read them, 2 s to 5 min. After that no token counts.</summary>
    /// <value>5 s.</value>
    public TimeSpan RevocationsStaleAfter { get; set; } = AuthDefaults.RevocationsStaleAfter;

    /// <summary>The claim that holds the user's workspaces: a string or an array of strings.</summary>
    /// <value><c>workspace</c>.</value>
    public string WorkspaceClaim { get; set; } = "workspace";

    /// <summary>The claim that holds the role: <c>member</c>, <c>moderator</c>, <c>admin</c> or <c>auditor</c>.</summary>
    /// <value><c>role</c>.</value>
    public string RoleClaim { get; set; } = "role";
}
