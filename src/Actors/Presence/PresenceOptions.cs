using System.ComponentModel.DataAnnotations;

namespace QuikApp.Actors.Presence;

/// <summary>Times of presence.</summary>
internal sealed class PresenceOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Presence";

    /// <summary>How long a user whose last socket ended is still shown, so that a reconnect is no leave and join.</summary>
    /// <value>The default value is 5 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.1000000", "00:05:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan LeaveGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long changes are collected before they go to the other nodes together.</summary>
    /// <value>The default value is 250 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00.0100000", "00:00:10", ParseLimitsInInvariantCulture = true)]
    public TimeSpan WriteInterval { get; set; } = TimeSpan.FromMilliseconds(250);
}
