namespace QuikApp.Protocol.Conversations;

/// <summary>How a call ended.</summary>
public enum CallEndReason
{
    /// <summary>It was answered, and then hung up.</summary>
    Ended,

    /// <summary>Everybody it rang for declined.</summary>
    Declined,

    /// <summary>Nobody answered in time, or the caller gave up.</summary>
    Missed,
}
