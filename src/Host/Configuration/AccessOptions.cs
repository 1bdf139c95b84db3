using System.ComponentModel.DataAnnotations;

namespace QuikApp.Host.Configuration;

/// <summary>Who belongs to a workspace: whose word counts.</summary>
internal sealed class AccessOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string SectionName = "Access";

    /// <summary>
    /// <c>claims</c>: whoever's token names the workspace, unless they were removed. <c>journal</c>: whom the workspace's own
    /// journal has as a member. <c>callback</c>: for whom the platform's own directory says so, unless they were removed.
    /// </summary>
    /// <value>The default value is <c>claims</c>.</value>
    public AccessSource Source { get; set; } = AccessSource.Claims;

    /// <summary>Where the directory is asked: https, or http on loopback.</summary>
    /// <value>None; <c>callback</c> needs it.</value>
    public string? CallbackUrl { get; set; }

    /// <summary>What the directory knows this server by: 32 to 512 visible ASCII characters, sent as bearer token.</summary>
    /// <value>None; <c>callback</c> needs this or <see cref="CallbackTokenPath"/>.</value>
    public string? CallbackToken { get; set; }

    /// <summary>A file that holds it.</summary>
    /// <value>None.</value>
    public string? CallbackTokenPath { get; set; }

    /// <summary>How long one answer may take; it may wait as long again for its turn. Later: nobody is let in.</summary>
    /// <value>1 s</value>
    [Range(typeof(TimeSpan), "00:00:00.0500000", "00:00:02", ParseLimitsInInvariantCulture = true)]
    public TimeSpan CallbackTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a yes is believed, and how often those who listen are asked about again.</summary>
    /// <value>30 s</value>
    [Range(typeof(TimeSpan), "00:00:00.5000000", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan CallbackCacheYes { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a no is believed.</summary>
    /// <value>5 s</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan CallbackCacheNo { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Answers that are remembered at most.</summary>
    /// <value>100,000</value>
    [Range(2, 10_000_000)]
    public int CallbackCacheEntries { get; set; } = 100_000;

    /// <summary>Questions to the directory at a time; more wait for their turn.</summary>
    /// <value>32</value>
    [Range(1, 1_000)]
    public int CallbackConcurrency { get; set; } = 32;

    /// <summary>How long the directory is left alone when half of its answers within 10 s failed; nobody is let in meanwhile.</summary>
    /// <value>5 s</value>
    [Range(typeof(TimeSpan), "00:00:00.5000000", "00:05:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan CallbackBreak { get; set; } = TimeSpan.FromSeconds(5);
}
