namespace QuikApp.Protocol.Payloads;

/// <summary>How the past is told.</summary>
public enum ReplayMode
{
    /// <summary>Every event, in order.</summary>
    Full,

    /// <summary>Only what is left of it: final states instead of every change.</summary>
    Compact,
}
