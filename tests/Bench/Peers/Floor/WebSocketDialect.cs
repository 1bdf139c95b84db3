using System.Globalization;
using QuikApp.Bench.Load;

namespace QuikApp.Bench.Peers.Floor;

/// <summary>The floor's wire: the channel is in the query, a text goes in as it is, a Phoenix event comes out.</summary>
internal sealed class WebSocketDialect : IDialect
{
    /// <inheritdoc/>
    public string HeapPath => PeerServer.HeapPath;

    /// <inheritdoc/>
    public string UpgradePath(int socketIndex, string channel) => $"{WebSocketServer.Path}?channel={channel}";

    /// <inheritdoc/>
    public IReadOnlyList<JoinStep> JoinSteps(string channel, long? since = null) => [new(null, WebSocketServer.Joined.ToArray())];

    /// <inheritdoc/>
    public void Split(LoadSocket socket, ReadOnlySpan<byte> webSocketMessage, IMessageSink sink) => sink.OnMessage(socket, webSocketMessage);

    /// <inheritdoc/>
    public int WriteSend(Span<byte> destination, string channel, int number, ReadOnlySpan<byte> text)
    {
        text.CopyTo(destination);
        return text.Length;
    }

    /// <inheritdoc/>
    public MessageKind Classify(ReadOnlySpan<byte> message) => MessageKind.Other;

    /// <inheritdoc/>
    public long? ReadHeap(string page) => long.Parse(page, CultureInfo.InvariantCulture);
}
