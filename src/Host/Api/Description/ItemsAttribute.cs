namespace QuikApp.Host.Api.Description;

/// <summary>What each item of a list of texts must be, for the document.</summary>
/// <param name="pattern">A regular expression.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ItemsAttribute(string pattern) : Attribute
{
    /// <summary>A regular expression.</summary>
    public string Pattern { get; } = pattern;
}
