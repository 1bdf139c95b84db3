using System.Buffers;

namespace QuikApp.Protocol.Phoenix;

public static partial class FrameEncoder
{
    /// <summary>Writes a binary reply: <c>01 | jrLen refLen topicLen stLen | join_ref ref topic status | data</c>. V2 only.</summary>
    /// <param name="output">Gets one binary message, or nothing.</param>
    /// <param name="joinRef">The join_ref of the channel.</param>
    /// <param name="ref">The ref of the frame that is answered.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="status"><see cref="PhoenixEvents.StatusOk"/> or <see cref="PhoenixEvents.StatusError"/>.</param>
    /// <param name="data">The data; may be empty.</param>
    /// <returns>Anything but <see cref="BinaryEncodeResult.Written"/> means that nothing was written.</returns>
    public static BinaryEncodeResult TryWriteBinaryReply(
        IBufferWriter<byte> output, Ref joinRef, Ref @ref, string topic, string status, ReadOnlySpan<byte> data)
    {
        var header = new BinaryHeader(stackalloc byte[BinaryHeader.MaxLength], BinaryKind.Reply, fields: 4);
        header.Add(joinRef);
        header.Add(@ref);
        header.Add(topic);
        header.Add(status);
        return header.WriteTo(output, data);
    }

    /// <summary>Writes a binary push: <c>00 | jrLen topicLen evLen | join_ref topic event | data</c>, without a ref. V2 only.</summary>
    /// <inheritdoc cref="TryWriteBinaryReply"/>
    public static BinaryEncodeResult TryWriteBinaryPush(
        IBufferWriter<byte> output, Ref joinRef, string topic, string @event, ReadOnlySpan<byte> data)
    {
        var header = new BinaryHeader(stackalloc byte[BinaryHeader.MaxLength], BinaryKind.Push, fields: 3);
        header.Add(joinRef);
        header.Add(topic);
        header.Add(@event);
        return header.WriteTo(output, data);
    }

    /// <summary>Writes a binary broadcast: <c>02 | topicLen evLen | topic event | data</c>. V2 only: V1 members cannot get it.</summary>
    /// <inheritdoc cref="TryWriteBinaryReply"/>
    public static BinaryEncodeResult TryWriteBinaryBroadcast(
        IBufferWriter<byte> output, string topic, string @event, ReadOnlySpan<byte> data)
    {
        var header = new BinaryHeader(stackalloc byte[BinaryHeader.MaxLength], BinaryKind.Broadcast, fields: 2);
        header.Add(topic);
        header.Add(@event);
        return header.WriteTo(output, data);
    }
}
