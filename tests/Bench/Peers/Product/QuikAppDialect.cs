using System.Globalization;
using System.Text;
using QuikApp.Bench.Load;

namespace QuikApp.Bench.Peers.Product;

/// <summary>Phoenix Channels V2 in text frames. Every socket is a user of its own, since the product limits the sockets of one.</summary>
internal sealed class QuikAppDialect(string signingKey) : IDialect
{
    private const string HeapMetric = "dotnet_gc_last_collection_heap_size_bytes";

    private readonly BenchToken _token = new(signingKey);

    /// <inheritdoc/>
    public string HeapPath => "/metrics";

    /// <inheritdoc/>
    public string UpgradePath(int socketIndex, string channel) =>
        $"/socket/websocket?vsn=2.0.0&token={_token.For(UserName(socketIndex))}";

    /// <summary>The user of a socket.</summary>
    public static string UserName(int socketIndex) => $"bench-u{socketIndex}";

    /// <inheritdoc/>
    public IReadOnlyList<JoinStep> JoinSteps(string channel, long? since = null)
    {
        var payload = since is { } position ? $$"""{"since":{{position}}}""" : "{}";
        return [new(Encoding.UTF8.GetBytes($"""["1","1","channel:{channel}","phx_join",{payload}]"""), "\"status\":\"ok\""u8.ToArray())];
    }

    /// <inheritdoc/>
    public void Split(LoadSocket socket, ReadOnlySpan<byte> webSocketMessage, IMessageSink sink) => sink.OnMessage(socket, webSocketMessage);

    /// <inheritdoc/>
    public int WriteSend(Span<byte> destination, string channel, int number, ReadOnlySpan<byte> text)
    {
        var frame = new FrameWriter(destination);
        frame.Write("[\"1\",\""u8);
        // The join was ref 1.
        frame.Write(number + 2);
        frame.Write("\",\"channel:"u8);
        frame.Write(channel);
        frame.Write("\",\"message:send\",{\"content\":\""u8);
        frame.Write(text);
        frame.Write("\"}]"u8);
        return frame.Length;
    }

    /// <inheritdoc/>
    public MessageKind Classify(ReadOnlySpan<byte> message)
    {
        if (message.IndexOf("\"phx_reply\""u8) >= 0)
            return message.IndexOf("\"status\":\"ok\""u8) >= 0 ? MessageKind.Acknowledgement : MessageKind.Refusal;
        if (message.IndexOf("\"replay:done\""u8) >= 0)
            return MessageKind.ReplayDone;
        return message.IndexOf("\"phx_error\""u8) >= 0 || message.IndexOf("\"phx_close\""u8) >= 0 || message.IndexOf("\"replay:gap\""u8) >= 0
            ? MessageKind.Refusal
            : MessageKind.Other;
    }

    /// <summary>The heap as of the last collection, summed over its generations: the product is not asked to collect.</summary>
    public long? ReadHeap(string page)
    {
        var sizes = page.Split('\n')
            .Where(line => line.StartsWith(HeapMetric, StringComparison.Ordinal))
            .Select(line => line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[0])
            .Select(size => (long)double.Parse(size, CultureInfo.InvariantCulture))
            .ToList();
        return sizes.Count == 0 ? null : sizes.Sum();
    }
}
