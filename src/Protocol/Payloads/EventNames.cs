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

    /// <summary>The channel has another name.</summary>
    public const string ChannelRenamed = "channel:renamed";

    /// <summary>The channel takes no messages any more.</summary>
    public const string ChannelArchived = "channel:archived";

    /// <summary>The channel takes messages again.</summary>
    public const string ChannelRestored = "channel:restored";

    /// <summary>A member has another role.</summary>
    public const string MemberChanged = "member:changed";

    /// <summary>The thread exists.</summary>
    public const string ThreadCreated = "thread:created";

    /// <summary>How a thread of the channel stands.</summary>
    public const string ThreadUpdate = "thread:update";

    /// <summary>The workspace exists.</summary>
    public const string WorkspaceCreated = "workspace:created";

    /// <summary>The workspace has another name.</summary>
    public const string WorkspaceRenamed = "workspace:renamed";

    /// <summary>The workspace takes no changes any more.</summary>
    public const string WorkspaceArchived = "workspace:archived";

    /// <summary>The workspace takes changes again.</summary>
    public const string WorkspaceRestored = "workspace:restored";

    /// <summary>An administrator told everybody something.</summary>
    public const string AnnouncementNew = "announcement:new";

    /// <summary>Somebody wrote something that concerns the user.</summary>
    public const string NotificationNew = "notification:new";

    /// <summary>The message of a notification is deleted.</summary>
    public const string NotificationWithdrawn = "notification:withdrawn";

    /// <summary>The user read a conversation on one of their devices.</summary>
    public const string ReadUpdate = "read:update";

    /// <summary>The user became a member of a channel.</summary>
    public const string ChannelJoined = "channel:joined";

    /// <summary>The user is a member of a channel no longer.</summary>
    public const string ChannelLeft = "channel:left";

    /// <summary>The user's earlier tokens count no more.</summary>
    public const string AccessRevoked = "access:revoked";

    /// <summary>Somebody calls.</summary>
    public const string CallIncoming = "call:incoming";

    /// <summary>The user answered on one of their devices.</summary>
    public const string CallAnswered = "call:answered";

    /// <summary>A call began.</summary>
    public const string CallStarted = "call:started";

    /// <summary>A user takes part.</summary>
    public const string CallJoined = "call:joined";

    /// <summary>A user declined.</summary>
    public const string CallDeclined = "call:declined";

    /// <summary>The time for answering is over for some.</summary>
    public const string CallUnanswered = "call:unanswered";

    /// <summary>A user takes part no more.</summary>
    public const string CallLeft = "call:left";

    /// <summary>A call is over.</summary>
    public const string CallEnd = "call:end";

    /// <summary>Signalling of another participant.</summary>
    public const string CallSignal = "call:signal";
}
