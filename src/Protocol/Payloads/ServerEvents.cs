using System.Collections.Immutable;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Presence;
using QuikApp.Protocol.Shapes;
using static QuikApp.Protocol.Shapes.JsonShapes;

namespace QuikApp.Protocol.Payloads;

/// <summary>Every event that the server sends, with what <see cref="EventPayload"/> and its neighbours write for it.</summary>
public static partial class ServerEvents
{
    private static (string Name, JsonShape Shape)[] ByAndTime => [("by", Id), ("createdAt", Time)];

    private static JsonShape Device => OneOf(Enum.GetValues<Device>().Select(PresenceWords.Text));

    /// <summary>All of them.</summary>
    public static ImmutableArray<ServerEvent> All { get; } =
    [
        .. Messages(), .. Channels(), .. Threads(), .. Workspaces(), .. Users(), .. Calls(), .. Presences(), .. Notices(),
    ];

    private static IEnumerable<ServerEvent> Messages()
    {
        ImmutableArray<TopicKind> here = [TopicKind.Channel, TopicKind.Thread];
        yield return new(EventNames.MessageNew, "A message was sent. In a compact replay: its final state.", MessageView.NewShape, here);
        yield return new(
            EventNames.MessageUpdate,
            "The text and the mentions were replaced.",
            Numbered(("id", Id), ("content", AnyText), ("editedAt", Time), ("userId", Id), ("channelId", Id), ("mentions", JsonShapes.Users)),
            here);
        yield return new(
            EventNames.MessageDelete,
            "A message was deleted, by userId.",
            Numbered(("id", Id), ("deletedAt", Time), ("userId", Id), ("channelId", Id)),
            here);
        yield return new(
            EventNames.MessageReaction,
            "A reaction was put there or taken back.",
            Numbered(("messageId", Id), ("userId", Id), ("emoji", AnyText), ("action", OneOf("add", "remove"))),
            here);
    }

    private static IEnumerable<ServerEvent> Notices()
    {
        ImmutableArray<TopicKind> numbered = [TopicKind.User, TopicKind.Workspace, TopicKind.Channel, TopicKind.Thread, TopicKind.Call];
        ImmutableArray<TopicKind> everywhere = [.. numbered, TopicKind.Presence];
        ImmutableArray<TopicKind> typed = [TopicKind.Channel, TopicKind.Thread];
        yield return new(EventNames.TypingStart, "A user began to type.", NoticePayload.TypingShape, typed);
        yield return new(EventNames.TypingStop, "A user types no longer.", NoticePayload.TypingShape, typed);
        yield return new(EventNames.ReplayDone, "Everything up to head has been told; what follows is live.", NoticePayload.ReplayDoneShape, numbered);
        yield return new(EventNames.ReplayGap, "Numbers from to to, both included, are missing for now.", NoticePayload.ReplayGapShape, numbered);
        yield return new(EventNames.TokenExpiring, "The connection's token ends soon: push access_token.", NoticePayload.TokenExpiringShape, everywhere);
    }

    private static IEnumerable<ServerEvent> Presences()
    {
        ImmutableArray<TopicKind> here = [TopicKind.Presence];
        yield return new(EventNames.PresenceJoin, "A user came online.", PresencePayload.ItemShape, here);
        yield return new(EventNames.PresenceLeave, "A user went offline.", PresencePayload.LeaveShape, here);
        yield return new(EventNames.PresenceUpdate, "A user who is online has another status, text or set of devices.", PresencePayload.UpdateShape, here);
        yield return new(EventNames.PresenceState, "With format phoenix: who is online, by user.", PhoenixPresence.StateShape, here);
        yield return new(EventNames.PresenceDiff, "With format phoenix: who came, went or changed.", PhoenixPresence.DiffShape, here);
    }

    private static JsonShape Numbered(params IEnumerable<(string Name, JsonShape Shape)> members) => JsonShape.ObjectOf([.. members, ("seq", Seq)]);
}
