namespace QuikApp.Protocol.Payloads;

/// <summary>How a presence topic speaks.</summary>
public enum PresenceFormat
{
    /// <summary>The list in the join reply, then <c>presence:join</c>, <c>presence:update</c>, <c>presence:leave</c>.</summary>
    Events,

    /// <summary><c>presence_state</c> and <c>presence_diff</c>, for the <c>Presence</c> class of Phoenix's clients.</summary>
    Phoenix,
}
