using System.Buffers;
using System.Text.Json;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using QuikApp.Protocol.Phoenix;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Actors.Delivery;

/// <summary>
/// An event on its way to the subscribers of a topic: encoded once for each wire version that somebody speaks, the same
/// bytes for everyone. Used by one hub's actor only.
/// </summary>
internal sealed class BroadcastEvent
{
    private readonly string _topic;
    private readonly string _event;
    private readonly byte[] _payload;
    private WireFrame? _v1;
    private WireFrame? _v2;

    private BroadcastEvent(string topic, long seq, string @event, byte[] payload)
    {
        _topic = topic;
        Seq = seq;
        _event = @event;
        _payload = payload;
    }

    /// <summary>The event's number; 0 for what is not journaled (typing).</summary>
    public long Seq { get; }

    /// <summary>Bytes held, roughly: what the hub's window counts.</summary>
    public int Size => _payload.Length + (_v2?.Bytes.Length ?? _payload.Length);

    /// <summary>A journaled event.</summary>
    public static BroadcastEvent Of(Topic topic, NumberedEvent e, TopicContext? context = null) =>
        new(topic.ToString(), e.Seq, EventPayload.EventName(e.Event), Json(writer => EventPayload.Write(writer, e, context)));

    /// <summary>Something that is not journaled.</summary>
    public static BroadcastEvent Unnumbered(Topic topic, string @event, Action<Utf8JsonWriter> write) =>
        new(topic.ToString(), 0, @event, Json(write));

    /// <summary>The frame for a wire version.</summary>
    public WireFrame Frame(PhoenixVersion version) => version == PhoenixVersion.V2
        ? _v2 ??= Encode(version)
        : _v1 ??= Encode(version);

    private WireFrame Encode(PhoenixVersion version)
    {
        var buffer = new ArrayBufferWriter<byte>(_payload.Length + 64);
        FrameEncoder.WriteBroadcast(version, buffer, _topic, _event, _payload);
        return WireFrame.Text(buffer.WrittenSpan);
    }

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(buffer, FrameEncoder.WriterOptions);
        write(writer);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
