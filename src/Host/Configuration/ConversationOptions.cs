using System.ComponentModel.DataAnnotations;

namespace QuikApp.Host.Configuration;

/// <summary>How conversations are kept in memory and in the journal.</summary>
internal sealed class ConversationOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string SectionName = "Conversations";

    /// <summary>Events between two snapshots: what a conversation replays at most when it wakes.</summary>
    /// <value>500 events</value>
    [Range(1, 1_000_000)]
    public int SnapshotEvery { get; set; } = 500;

    /// <summary>How long a conversation stays in memory after the last command.</summary>
    /// <value>10 minutes</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan PassivateAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Commands that one write to the journal carries at most; those beyond wait for the next.</summary>
    /// <value>256 commands</value>
    [Range(1, 1_000)]
    public int MaxBatch { get; set; } = 256;

    /// <summary>How long a write may take before its senders are told <c>unavailable</c>. The protocol promises at most 5 s.</summary>
    /// <value>5 seconds</value>
    [Range(typeof(TimeSpan), "00:00:00.1000000", "00:00:05", ParseLimitsInInvariantCulture = true)]
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Latest events that a node keeps of each followed conversation, so that short gaps need no journal. 0: none.</summary>
    /// <value>1,000 events</value>
    [Range(0, 100_000)]
    public int HubWindow { get; set; } = 1_000;

    /// <summary>Events that a resume reads from the journal at a time.</summary>
    /// <value>500 events</value>
    [Range(1, 10_000)]
    public int ResumePage { get; set; } = 500;
}
