using System.ComponentModel.DataAnnotations;

namespace QuikApp.Actors.Conversations;

/// <summary>Sizes and times of conversations and their delivery.</summary>
internal sealed class ConversationOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Conversations";

    /// <summary>Events between two snapshots of a conversation; a start replays at most about this many.</summary>
    /// <value>The default value is 500.</value>
    [Range(10, 100_000)]
    public int SnapshotEvery { get; set; } = 500;

    /// <summary>Idle time after which a conversation that no node listens to leaves memory.</summary>
    /// <value>The default value is 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan PassivateAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Commands decided and committed together, at most.</summary>
    /// <value>The default value is 256.</value>
    [Range(1, 10_000)]
    public int MaxBatch { get; set; } = 256;

    /// <summary>Commands that may wait for the write in flight; more are refused as <c>unavailable</c>.</summary>
    /// <value>The default value is 10,000.</value>
    [Range(1, 1_000_000)]
    public int MaxWaiting { get; set; } = 10_000;

    /// <summary>How long a push may stay unanswered before its sender is told <c>unavailable</c>.</summary>
    /// <value>The default value is 5 s (the contract's bound).</value>
    [Range(typeof(TimeSpan), "00:00:00.1000000", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan AnswerWithin { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Recent messages that a conversation keeps decoded, so that a reaction to a fresh message reads nothing.</summary>
    /// <value>The default value is 32.</value>
    [Range(0, 10_000)]
    public int RecentMessages { get; set; } = 32;

    /// <summary>Recent events that a hub keeps encoded for subscribers that catch up.</summary>
    /// <value>The default value is 1,000.</value>
    [Range(1, 100_000)]
    public int HubWindowEvents { get; set; } = 1_000;

    /// <summary>Bytes of recent events that a hub keeps.</summary>
    /// <value>The default value is 262,144 bytes.</value>
    [Range(1_024, 67_108_864)]
    public int HubWindowBytes { get; set; } = 262_144;

    /// <summary>Events read from the journal at a time while a client resumes.</summary>
    /// <value>The default value is 500.</value>
    [Range(1, 10_000)]
    public int ResumePage { get; set; } = 500;

    /// <summary>Time between two renewals of a hub's registration; it lapses after three.</summary>
    /// <value>The default value is 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan LeaseRenewal { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Time after the last <c>typing:start</c> at which the server says <c>typing:stop</c> itself.</summary>
    /// <value>The default value is 6 s (the contract's).</value>
    [Range(typeof(TimeSpan), "00:00:00.1000000", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan TypingExpiry { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>Time between two looks for conversations that owe others something and are not in memory; what is younger is left to them.</summary>
    /// <value>The default value is 5 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.1000000", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RelaySweep { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a call rings.</summary>
    /// <value>The default value is 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.1000000", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RingTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a participant whose socket went may take to come back before they have left the call.</summary>
    /// <value>The default value is 15 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.1000000", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan ReattachWithin { get; set; } = TimeSpan.FromSeconds(15);
}
