using System.Collections.Frozen;
using System.Collections.Immutable;
using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Host.Sessions;

// The one table of what clients may push: the session dispatches by it, and the description is made from it.
internal sealed partial class Session
{
    private static readonly ImmutableArray<TopicKind> InChannels = [TopicKind.Channel];
    private static readonly ImmutableArray<TopicKind> InTalks = [TopicKind.Channel, TopicKind.Thread];
    private static readonly ImmutableArray<TopicKind> InCalls = [TopicKind.Call];

    /// <summary>Every event that clients push, apart from those of the Phoenix wire itself.</summary>
    public static ImmutableArray<ClientPush> Pushes { get; } =
    [
        new("message:send", "Sends a message.", InTalks, SendMessage.Shape, ReplyPayload.SentShape, (s, topic, in frame) => s.OnSend(topic, frame)),
        new("message:update", "Replaces the text of one's own message.", InTalks, UpdateMessage.Shape, ReplyPayload.SeqShape, (s, topic, in frame) => s.OnUpdate(topic, frame)),
        new("message:delete", "Deletes a message.", InTalks, DeleteMessage.Shape, ReplyPayload.SeqShape, (s, topic, in frame) => s.OnDelete(topic, frame)),
        new("message:reaction", "Puts a reaction there or takes it back.", InTalks, ReactToMessage.Shape, ReplyPayload.SeqShape, (s, topic, in frame) => s.OnReaction(topic, frame)),
        new("typing:start", "The user types.", InTalks, Typing.Shape, JsonShapes.Empty, (s, topic, in frame) => s.OnTyping(topic, frame, started: true)),
        new("typing:stop", "The user types no longer.", InTalks, Typing.Shape, JsonShapes.Empty, (s, topic, in frame) => s.OnTyping(topic, frame, started: false)),
        new("history", "Reads a page of the past.", InTalks, HistoryQuery.Shape, HistoryPage.Shape, (s, topic, in frame) => s.OnHistory(topic, frame)),
        new("read", "Marks everything up to a number as read.", InTalks, MarkRead.Shape, ReplyPayload.ReadShape, (s, topic, in frame) => s.OnRead(topic, frame)),
        new("thread:start", "Opens the thread of a message, or finds it.", InChannels, StartThread.Shape, ReplyPayload.ThreadShape, (s, topic, in frame) => s.OnStartThread(topic, frame)),
        new("call:start", "Calls the members of the channel.", InChannels, StartCall.Shape, ReplyPayload.CallShape, (s, topic, in frame) => s.OnStartCall(topic, frame)),
        new("call:accept", "Answers on this device.", InCalls, CallStep.AcceptShape, ReplyPayload.SeqShape, (s, topic, in frame) => s.OnAccept(topic, frame)),
        new("call:decline", "Declines.", InCalls, CallStep.Shape, ReplyPayload.SeqShape, (s, topic, in frame) => s.OnDecline(topic, frame)),
        new("call:end", "Hangs up.", InCalls, CallStep.Shape, ReplyPayload.SeqShape, (s, topic, in frame) => s.OnEnd(topic, frame)),
        new("call:signal", "Hands something to other participants.", InCalls, CallSignal.Shape, JsonShapes.Empty, (s, topic, in frame) => s.OnSignal(topic, frame)),
        // Where one is online is said by being connected, and how, to the user's own topic.
        new("presence:update", "Says how the user wants to be seen.", [TopicKind.User], UpdatePresence.Shape, ReplyPayload.SeqShape, (s, topic, in frame) => s.OnStatus(topic, frame)),
        new("access_token", "Goes on with a new token of the same subject.", [.. Enum.GetValues<TopicKind>()], RefreshToken.Shape, JsonShapes.Empty, (s, topic, in frame) => s.OnRefresh(topic, frame)),
    ];

    private static readonly FrozenDictionary<(TopicKind, string), PushHandler> Handlers = Pushes
        .SelectMany(push => push.Topics, (push, topic) => KeyValuePair.Create((topic, push.Event), push.Handle))
        .ToFrozenDictionary();
}
