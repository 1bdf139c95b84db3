namespace QuikApp.Host.Configuration;

/// <summary>The workspace <c>demo</c> with its channels and users, for the first minutes.</summary>
internal sealed class DemoOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string SectionName = "Demo";

    /// <summary>Whether the workspace is made when it is missing.</summary>
    /// <value>True in Development, false elsewhere; never null once bound.</value>
    public bool? Enabled { get; set; }

    /// <summary>Public channels of the workspace, made when they are missing.</summary>
    /// <value>The default is <c>general</c> and <c>random</c>; any given take their place.</value>
    public IList<string> Channels { get; } = [];
}
