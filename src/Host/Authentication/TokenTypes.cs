namespace QuikApp.Host.Authentication;

/// <summary>Which <c>typ</c> headers are accepted. RFC 7515 §4.1.9: a media type, so its case and <c>application/</c> say nothing.</summary>
internal sealed class TokenTypes
{
    private const string Prefix = "application/";
    private static readonly string[] Default = ["at+jwt", "JWT"];

    private readonly string[] _accepted;

    /// <summary>Accepts those of the options, or the default ones.</summary>
    public TokenTypes(IList<string> configured) =>
        _accepted = [.. (configured.Count == 0 ? Default : configured).Select(WithoutPrefix)];

    /// <summary>Whether a token of this type is looked at; a token without one is not.</summary>
    public bool Accepts(string? type) =>
        type is not null && _accepted.Contains(WithoutPrefix(type), StringComparer.OrdinalIgnoreCase);

    private static string WithoutPrefix(string type) =>
        type.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? type[Prefix.Length..] : type;
}
