using System.Globalization;
using System.Text;
using QuikApp.Bench.Load;

namespace QuikApp.Bench.Peers.SignalR;

/// <summary>The JSON hub protocol, as far as a load client needs it: records that end with 0x1E, several to a WebSocket message.</summary>
internal sealed class SignalRDialect : IDialect
{
    private const byte RecordSeparator = 0x1e;

    /// <inheritdoc/>
    public string HeapPath => PeerServer.HeapPath;

    /// <inheritdoc/>
    public string UpgradePath(int socketIndex, string channel) => SignalRServer.Path;

    /// <inheritdoc/>
    public IReadOnlyList<JoinStep> JoinSteps(string channel, long? since = null) =>
    [
        new("{\"protocol\":\"json\",\"version\":1}\u001e"u8.ToArray(), "{}"u8.ToArray()),
        new(
            Encoding.UTF8.GetBytes($$"""{"type":1,"invocationId":"0","target":"join","arguments":["{{channel}}"]}""" + "\u001e"),
            "{\"type\":3,\"invocationId\":\"0\",\"result\":null}"u8.ToArray()),
    ];

    /// <inheritdoc/>
    public void Split(LoadSocket socket, ReadOnlySpan<byte> webSocketMessage, IMessageSink sink)
    {
        while (!webSocketMessage.IsEmpty)
        {
            var end = webSocketMessage.IndexOf(RecordSeparator);
            if (end < 0)
            {
                sink.OnClosed(socket, "a record without its separator");
                return;
            }

            sink.OnMessage(socket, webSocketMessage[..end]);
            webSocketMessage = webSocketMessage[(end + 1)..];
        }
    }

    /// <inheritdoc/>
    public int WriteSend(Span<byte> destination, string channel, int number, ReadOnlySpan<byte> text)
    {
        var frame = new FrameWriter(destination);
        frame.Write("{\"type\":1,\"target\":\"send\",\"arguments\":[\""u8);
        frame.Write(channel);
        frame.Write("\",\""u8);
        frame.Write(text);
        frame.Write("\"]}\u001e"u8);
        return frame.Length;
    }

    /// <inheritdoc/>
    public MessageKind Classify(ReadOnlySpan<byte> message) =>
        message.StartsWith("{\"type\":7"u8) || message.IndexOf("\"error\":"u8) >= 0 ? MessageKind.Refusal : MessageKind.Other;

    /// <inheritdoc/>
    public long? ReadHeap(string page) => long.Parse(page, CultureInfo.InvariantCulture);
}
