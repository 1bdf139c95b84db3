using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace QuikApp.Host.Authentication;

/// <summary>Refuses a start with a wrong, missing or insecure <see cref="AuthOptions"/>. No message holds a secret.</summary>
internal sealed partial class AuthOptionsValidator(IHostEnvironment environment) : IValidateOptions<AuthOptions>
{
    private const int MaxNameLength = 512;

    private static readonly string[] RegisteredClaims = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti", "sid", "name"];

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, AuthOptions options)
    {
        var problems = new List<string>();
        CheckNames(options, problems);
        CheckNumbers(options, problems);
        CheckKeys(options, problems);
        return problems.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(problems.Select(problem => problem + "."));
    }

    private static void CheckNames(AuthOptions options, List<string> problems)
    {
        CheckParty(options.Issuer, "Auth:Issuer", "the exact iss of your tokens, for example https://login.example.com", problems);
        CheckParty(options.Audience, "Auth:Audience", "the aud that your tokens carry for this server", problems);

        foreach (var (claim, key) in new[] { (options.WorkspaceClaim, "WorkspaceClaim"), (options.RoleClaim, "RoleClaim") })
        {
            if (string.IsNullOrWhiteSpace(claim) || claim.Length > MaxNameLength || RegisteredClaims.Contains(claim))
                problems.Add($"Auth:{key} must name a claim of its own, not empty and none of {string.Join(", ", RegisteredClaims)}");
        }

        if (options.WorkspaceClaim == options.RoleClaim)
            problems.Add("Auth:WorkspaceClaim and Auth:RoleClaim name the same claim; set two different ones");

        if (options.TokenTypes.Any(type => !TypeGrammar().IsMatch(type ?? string.Empty)))
            problems.Add("Auth:TokenTypes holds something that is no typ; list types such as at+jwt");
    }

    private static void CheckParty(string value, string key, string what, List<string> problems)
    {
        if (string.IsNullOrEmpty(value))
            problems.Add($"{key} is missing; set it to {what}");
        else if (value.Length > MaxNameLength || value.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
            problems.Add($"{key} must be at most {MaxNameLength} characters without white space; set it to {what}");
    }

    private static void CheckNumbers(AuthOptions options, List<string> problems)
    {
        if (options.ClockSkew < TimeSpan.Zero || options.ClockSkew > AuthDefaults.MaxClockSkew)
            problems.Add($"Auth:ClockSkew must be 00:00:00 to {AuthDefaults.MaxClockSkew:c}; mend the clocks rather than widen it");

        if (options.MaxLifetime < TimeSpan.FromMinutes(1) || options.MaxLifetime > AuthDefaults.MaxMaxLifetime)
            problems.Add($"Auth:MaxLifetime must be 00:01:00 to {AuthDefaults.MaxMaxLifetime:c}");

        if (options.KeyRefreshInterval < AuthDefaults.MinKeyRefreshInterval
            || options.KeyRefreshInterval > AuthDefaults.MaxKeyRefreshInterval)
        {
            problems.Add($"Auth:KeyRefreshInterval must be {AuthDefaults.MinKeyRefreshInterval:c} to {AuthDefaults.MaxKeyRefreshInterval:c}");
        }

        if (options.RevocationPoll < AuthDefaults.MinRevocationPoll || options.RevocationPoll > AuthDefaults.MaxRevocationPoll)
            problems.Add($"Auth:RevocationPoll must be {AuthDefaults.MinRevocationPoll:c} to {AuthDefaults.MaxRevocationPoll:c}");

        if (options.RevocationsStaleAfter < AuthDefaults.MinRevocationsStaleAfter
            || options.RevocationsStaleAfter > AuthDefaults.MaxRevocationsStaleAfter)
        {
            problems.Add($"Auth:RevocationsStaleAfter must be {AuthDefaults.MinRevocationsStaleAfter:c} to {AuthDefaults.MaxRevocationsStaleAfter:c}");
        }

        if (options.MaxTokenBytes is < 512 or > AuthDefaults.MaxTokenBytes)
            problems.Add($"Auth:MaxTokenBytes must be 512 to {AuthDefaults.MaxTokenBytes}");
    }

    private void CheckKeys(AuthOptions options, List<string> problems)
    {
        if (options.Authority is not null && options.SigningKeys.Count > 0)
            problems.Add("Auth:Authority and Auth:SigningKeys are both set; keep the one that your issuer really uses");
        else if (options.Authority is null && options.SigningKeys.Count == 0 && !environment.IsDevelopment())
            problems.Add("Auth:SigningKeys is empty; set Auth:Authority to your issuer's https address, or Auth:SigningKeys:0 to its key");

        if (options.Authority is { } authority
            && KeySetAddress.TryParse(authority, environment.IsDevelopment(), out var problem) is null)
        {
            problems.Add($"Auth:Authority {problem}");
        }

        CheckSigningKeys(options.SigningKeys, problems);
    }

    private static void CheckSigningKeys(IList<SigningKeyOptions> keys, List<string> problems)
    {
        var families = new HashSet<bool>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < keys.Count; i++)
        {
            var path = $"{AuthOptions.SectionName}:SigningKeys:{i}";
            var reading = SigningKeyReader.Read(keys[i], path);
            if (!reading.Succeeded)
                problems.Add(reading.Problem);

            if (SignatureAlgorithm.TryFind(keys[i].Algorithm) is { } algorithm)
                families.Add(algorithm.Family == KeyFamily.Hmac);

            if (keys[i].Kid is null && keys.Count > 1)
                problems.Add($"{path}:Kid is missing; with several keys each needs a name of its own");
            else if (keys[i].Kid is { } kid && !names.Add(kid))
                problems.Add($"{path}:Kid is used twice; give each key a name of its own");
        }

        if (families.Count > 1)
            problems.Add("Auth:SigningKeys mixes HMAC with public keys; keep one family, or the public key could pass as the secret");
    }

    [GeneratedRegex("^[A-Za-z0-9.+/_-]{1,64}\\z")]
    private static partial Regex TypeGrammar();
}
