namespace QuikApp.Host.Authentication;

/// <summary>The numbers and names of <see cref="AuthOptions"/> and their bounds.</summary>
internal static class AuthDefaults
{
    /// <summary>The issuer of the tokens that a Development server makes for itself.</summary>
    public const string DevelopmentIssuer = "quikapp-development";

    /// <summary>The audience of the tokens that a Development server makes for itself.</summary>
    public const string DevelopmentAudience = "quikapp";

    /// <summary>How many bytes a token may have. Cookies and headers of larger size belong to no access token of ours.</summary>
    public const int MaxTokenBytes = 8192;

    /// <summary>The widest clock skew an operator may allow; the library's own default would be 300 s.</summary>
    public static readonly TimeSpan MaxClockSkew = TimeSpan.FromSeconds(120);

    /// <summary>The allowed difference between the issuer's clock and ours.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    /// <summary>The longest life of a token.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromHours(24);

    /// <summary>How often the table of revocations is read.</summary>
    public static readonly TimeSpan RevocationPoll = TimeSpan.FromMilliseconds(500);

    /// <summary>The most often.</summary>
    public static readonly TimeSpan MinRevocationPoll = TimeSpan.FromMilliseconds(100);

    /// <summary>The least often: whoever is revoked must be out within 2 s on every node.</summary>
    public static readonly TimeSpan MaxRevocationPoll = TimeSpan.FromSeconds(1.5);

    /// <summary>How old the last reading of the table may be.</summary>
    public static readonly TimeSpan RevocationsStaleAfter = TimeSpan.FromSeconds(5);

    /// <summary>The shortest time after which it counts as stale.</summary>
    public static readonly TimeSpan MinRevocationsStaleAfter = TimeSpan.FromSeconds(2);

    /// <summary>The longest.</summary>
    public static readonly TimeSpan MaxRevocationsStaleAfter = TimeSpan.FromMinutes(5);

    /// <summary>How often an issuer's published keys are fetched again.</summary>
    public static readonly TimeSpan KeyRefreshInterval = TimeSpan.FromHours(1);

    /// <summary>The most often.</summary>
    public static readonly TimeSpan MinKeyRefreshInterval = TimeSpan.FromMinutes(5);

    /// <summary>The least often.</summary>
    public static readonly TimeSpan MaxKeyRefreshInterval = TimeSpan.FromHours(12);

    /// <summary>The longest life that an operator may allow.</summary>
    public static readonly TimeSpan MaxMaxLifetime = TimeSpan.FromDays(31);
}
