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
        (new("call:start", StartParser, new Push.Member("type", "string", "\"video\"", true)), StartCall.Shape),
        (new("call:accept", AcceptParser, new("callId", "string", "\"c1\""), new("takeover", "boolean", "true")), CallStep.AcceptShape),
        (new("call:end", StepParser, new Push.Member("callId", "string", "\"c1\"")), CallStep.Shape),
        (new("call:signal", SignalParser,
            new("callId", "string", "\"c1\""), new("type", "string", "\"offer\"", true), new("data", "any", "{\"sdp\":\"v=0\"}", true), new("to", "string", "\"bob\"")),
            CallSignal.Shape),
    ];

    private static Push Known(string name) => Push.All.Single(push => push.Name == name);

    private static bool StartParser(ReadOnlySpan<byte> json, out object? value, out Refusal? refusal)
    {
        var read = StartCall.TryParse(json, out var it, out refusal);
        value = it;
        return read;
    }

    private static bool AcceptParser(ReadOnlySpan<byte> json, out object? value, out Refusal? refusal)
    {
        var read = CallStep.TryParse(json, accepting: true, out var it, out refusal);
        value = it;
        return read;
    }

    private static bool StepParser(ReadOnlySpan<byte> json, out object? value, out Refusal? refusal)
    {
        var read = CallStep.TryParse(json, accepting: false, out var it, out refusal);
        value = it;
        return read;
    }

    private static bool SignalParser(ReadOnlySpan<byte> json, out object? value, out Refusal? refusal)
    {
        var read = CallSignal.TryParse(json, out var it, out refusal);
        value = it;
        return read;
    }
}
