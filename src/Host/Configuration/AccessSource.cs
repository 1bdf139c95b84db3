namespace QuikApp.Host.Configuration;

/// <summary>Whose word counts on who belongs to a workspace.</summary>
internal enum AccessSource
{
    /// <summary>The token's.</summary>
    Claims,

    /// <summary>The workspace's own journal's.</summary>
    Journal,

    /// <summary>The platform's own directory's, asked over HTTP.</summary>
    Callback,
}
