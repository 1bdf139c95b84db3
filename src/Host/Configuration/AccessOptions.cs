namespace QuikApp.Host.Configuration;

/// <summary>Who belongs to a workspace: whose word counts.</summary>
internal sealed class AccessOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string SectionName = "Access";

    /// <summary>
    /// <c>claims</c>: whoever's token names the workspace, unless they were removed. <c>journal</c>: whom the workspace's own
    /// journal has as a member.
    /// </summary>
    /// <value>The default value is <c>claims</c>.</value>
    public AccessSource Source { get; set; } = AccessSource.Claims;
}
