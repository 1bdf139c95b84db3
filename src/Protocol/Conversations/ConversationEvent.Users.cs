using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Presence;

namespace QuikApp.Protocol.Conversations;

/// <content>What a user's own stream journals: what concerns them wherever it happened, for all their devices.</content>
public abstract partial record ConversationEvent
{
    /// <summary>Somebody wrote something that concerns the user.</summary>
    /// <param name="Kind">Why it does.</param>
    /// <param name="Channel">Where.</param>
    /// <param name="Thread">The thread, where it was in one.</param>
    /// <param name="About">The message.</param>
    /// <param name="AboutSeq">Its number in its own conversation.</param>
    /// <param name="Preview">The beginning of its text.</param>
    public sealed record NotificationCreated(
        NotificationKind Kind, ChannelId Channel, ThreadId? Thread, MessageId About, long AboutSeq, string Preview) : ConversationEvent;

    /// <summary>The message that a notification was about is deleted.</summary>
    public sealed record NotificationWithdrawn(ChannelId Channel, ThreadId? Thread, MessageId About, long AboutSeq) : ConversationEvent;

    /// <summary>The user has read a conversation up to a number.</summary>
    /// <param name="Channel">The channel.</param>
    /// <param name="Thread">The thread of it, where that was read.</param>
    /// <param name="UpTo">The last number read.</param>
    /// <param name="Unread">Messages of others above it, as counted at that moment.</param>
    /// <param name="Mentions">Mentions of the user above it.</param>
    public sealed record ReadMarked(ChannelId Channel, ThreadId? Thread, long UpTo, long Unread, long Mentions) : ConversationEvent;

    /// <summary>The user became a member of a channel.</summary>
    public sealed record ChannelJoined(ChannelId Channel, WorkspaceId Workspace, string Name, ChannelVisibility Visibility) : ConversationEvent;

    /// <summary>The user is a member of a channel no longer.</summary>
    public sealed record ChannelLeft(ChannelId Channel) : ConversationEvent;

    /// <summary>The user said how they want to be seen.</summary>
    /// <param name="Status">The status.</param>
    /// <param name="Text">A text beside it.</param>
    /// <param name="ExpiresAt">When it lapses, microseconds since the epoch; null for never.</param>
    public sealed record StatusSet(PresenceStatus Status, string? Text, long? ExpiresAt) : ConversationEvent;

    /// <summary>Somebody calls the user.</summary>
    public sealed record CallRang(CallId Call, ChannelId Channel, CallMedia Media, string CallerName) : ConversationEvent;

    /// <summary>The user is in the call, on one device: the others stop ringing.</summary>
    /// <param name="Call">The call.</param>
    /// <param name="Device">The kind of device.</param>
    public sealed record CallAnswered(CallId Call, Device Device) : ConversationEvent;

    /// <summary>All tokens that were made before this event count no more.</summary>
    public sealed record AccessRevoked : ConversationEvent;
}
