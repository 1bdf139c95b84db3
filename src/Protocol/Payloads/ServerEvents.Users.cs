using System.Collections.Immutable;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Presence;
using QuikApp.Protocol.Shapes;
using static QuikApp.Protocol.Shapes.JsonShapes;

namespace QuikApp.Protocol.Payloads;

/// <content>What a user's own topic carries, and calls: what <c>EventPayload.Users</c> writes.</content>
public static partial class ServerEvents
{
    private static IEnumerable<ServerEvent> Users()
    {
        ImmutableArray<TopicKind> here = [TopicKind.User];
        (string Name, JsonShape Shape)[] about = [("channelId", Id), ("threadId?", Id), ("messageId", Id), ("messageSeq", Number)];
        yield return new(
            EventNames.NotificationNew,
            "Somebody wrote something that concerns the user.",
            Numbered([("type", WordOf<NotificationKind>()), .. about, ("userId", Id), ("preview", AnyText), ("createdAt", Time)]),
            here);
        yield return new(EventNames.NotificationWithdrawn, "The message of a notification is deleted.", Numbered([.. about, ("createdAt", Time)]), here);
        yield return new(
            EventNames.ReadUpdate,
            "The user read a conversation on one of their devices.",
            Numbered(("channelId", Id), ("threadId?", Id), ("readSeq", Number), ("unread", Number), ("mentions", Number), ("createdAt", Time)),
            here);
        yield return new(EventNames.ChannelJoined, "The user became a member of a channel.", Numbered([.. Channel, .. ByAndTime]), here);
        yield return new(EventNames.ChannelLeft, "The user is a member of a channel no longer.", Numbered([("channelId", Id), .. ByAndTime]), here);
        yield return new(
            EventNames.PresenceUpdate,
            "The user said on one of their devices how they want to be seen.",
            Numbered(
                ("userId", Id), ("status", OneOf(Enum.GetValues<PresenceStatus>().Select(PresenceWords.Text))),
                ("statusText", TextOrNull), ("expiresAt?", Time)),
            here);
        yield return new(EventNames.AccessRevoked, "The user's earlier tokens count no more.", Numbered(ByAndTime), here);
    }

    private static IEnumerable<ServerEvent> Calls()
    {
        ImmutableArray<TopicKind> call = [TopicKind.Call];
        (string Name, JsonShape Shape)[] caller =
            [("callId", Id), ("callerId", Id), ("callerName", AnyText), ("type", WordOf<CallMedia>()), ("channelId", Id)];
        (string Name, JsonShape Shape)[] user = [("callId", Id), ("userId", Id), ("createdAt", Time)];
        yield return new(EventNames.CallIncoming, "Somebody calls.", Numbered([.. caller, ("createdAt", Time)]), [TopicKind.User]);
        yield return new(EventNames.CallAnswered, "The user answered on one of their devices.", Numbered([.. user, ("device", Device)]), [TopicKind.User]);
        yield return new(
            EventNames.CallStarted,
            "A call began.",
            Numbered([.. caller, ("invited?", JsonShapes.Users), ("createdAt", Time)]),
            [TopicKind.Channel, TopicKind.Call]);
        yield return new(EventNames.CallJoined, "A user takes part.", Numbered([.. user, ("device", Device)]), call);
        yield return new(EventNames.CallDeclined, "A user declined.", Numbered([.. user, ("busy", JsonShapes.Boolean)]), call);
        yield return new(
            EventNames.CallUnanswered,
            "The time for answering is over for some.",
            Numbered(("callId", Id), ("userIds", JsonShapes.Users), ("createdAt", Time)),
            call);
        yield return new(EventNames.CallLeft, "A user takes part no more.", Numbered(user), call);
        yield return new(
            EventNames.CallEnd,
            "A call is over; duration in seconds.",
            Numbered(("callId", Id), ("reason", WordOf<CallEndReason>()), ("duration", Number), ("channelId", Id), ("createdAt", Time)),
            [TopicKind.User, TopicKind.Channel, TopicKind.Call]);
        yield return new(EventNames.CallSignal, "Signalling of another participant.", CallSignal.RelayedShape, call);
    }
}
