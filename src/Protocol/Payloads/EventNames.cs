namespace QuikApp.Protocol.Payloads;

/// <summary>Names of the events that the server sends. They are part of the published API and never change.</summary>
public static class EventNames
{
    /// <summary>A message was sent.</summary>
    public const string MessageNew = "message:new";

    /// <summary>A message's text was replaced.</summary>
    public const string MessageUpdate = "message:update";

    /// <summary>A message was deleted.</summary>
    public const string MessageDelete = "message:delete";

    /// <summary>A reaction was put there or taken back.</summary>
    public const string MessageReaction = "message:reaction";

    /// <summary>The conversation exists.</summary>
    public const string ChannelCreated = "channel:created";

    /// <summary>A user became a member.</summary>
    public const string MemberJoined = "member:joined";

    /// <summary>A user is a member no longer.</summary>
    public const string MemberLeft = "member:left";

    /// <summary>A user began to type.</summary>
    public const string TypingStart = "typing:start";

    /// <summary>A user types no longer.</summary>
    public const string TypingStop = "typing:stop";

    /// <summary>A user came online.</summary>
    public const string PresenceJoin = "presence:join";

    /// <summary>A user went offline.</summary>
    public const string PresenceLeave = "presence:leave";

    /// <summary>A user who is online has another status, text or set of devices.</summary>
    public const string PresenceUpdate = "presence:update";

    /// <summary>Who is online, in Phoenix's format.</summary>
    public const string PresenceState = "presence_state";

    /// <summary>What changed of it, in Phoenix's format.</summary>
    public const string PresenceDiff = "presence_diff";

    /// <summary>The past has been told; what follows is live.</summary>
    public const string ReplayDone = "replay:done";

    /// <summary>Events are missing, and which.</summary>
    public const string ReplayGap = "replay:gap";

    /// <summary>The connection's token ends soon.</summary>
    public const string TokenExpiring = "token:expiring";
}
