using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using QuikApp.Protocol.Shapes;
using QuikApp.Protocol.Tests.Payloads;

namespace QuikApp.Protocol.Tests.Shapes;

/// <summary>Every payload that clients write: its parser, and the shape that the parser declares.</summary>
internal static class ClientShapes
{
    public static IReadOnlyList<(Push Push, JsonShape Shape)> All { get; } =
    [
        (Known("phx_join"), JoinParams.ShapeOf(TopicKind.Channel)),
        (Known("phx_join of presence"), JoinParams.ShapeOf(TopicKind.Presence)),
        (Known("presence:update"), UpdatePresence.Shape),
        (Known("message:send"), SendMessage.Shape),
        (Known("message:update"), UpdateMessage.Shape),
        (Known("message:delete"), DeleteMessage.Shape),
        (Known("message:reaction"), ReactToMessage.Shape),
        (Known("typing:start"), Typing.Shape),
        (Known("history"), HistoryQuery.Shape),
        (Known("history after"), HistoryQuery.Shape),
        (Known("access_token"), RefreshToken.Shape),
        (Known("read"), MarkRead.Shape),
        (Known("thread:start"), StartThread.Shape),
        (Known("PATCH message"), EditMessage.Shape),
        (Known("POST channel"), CreateChannel.Shape),
        (Known("call:start"), StartCall.Shape),
        (Known("call:accept"), CallStep.AcceptShape),
        (Known("call:decline"), CallStep.Shape),
        (Known("call:signal"), CallSignal.Shape),
    ];

    private static Push Known(string name) => Push.All.Single(push => push.Name == name);
}
