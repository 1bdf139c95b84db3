using System.Text;
using System.Text.Unicode;

namespace QuikApp.Protocol.Phoenix;

public static partial class FrameDecoder
{
    private const int PushHeaderLength = 5;

    /// <summary>
    /// V2 push: <c>00 | jrLen refLen topicLen evLen | join_ref ref topic event | data</c>, lengths in bytes of UTF-8, one byte each.
    /// </summary>
    private static FrameError DecodeBinary(ReadOnlyMemory<byte> message, out ClientFrame frame)
    {
        frame = default;
        var bytes = message.Span;
        if (bytes.IsEmpty)
            return FrameError.Empty;
        if (bytes.Length < PushHeaderLength || bytes[0] != (byte)BinaryKind.Push)
            return FrameError.MalformedBinary;

        var names = bytes[PushHeaderLength..];
        if (!TryCut(ref names, bytes[1], out var joinRef)
            || !TryCut(ref names, bytes[2], out var @ref)
            || !TryCut(ref names, bytes[3], out var topic)
            || !TryCut(ref names, bytes[4], out var @event))
        {
            return FrameError.MalformedBinary;
        }

        // Each on its own: a character must not reach from one name into the next.
        if (!Utf8.IsValid(joinRef) || !Utf8.IsValid(@ref) || !Utf8.IsValid(topic) || !Utf8.IsValid(@event))
            return FrameError.InvalidUtf8;

        frame = new ClientFrame
        {
            JoinRef = Ref.FromText(Encoding.UTF8.GetString(joinRef)),
            Ref = Ref.FromText(Encoding.UTF8.GetString(@ref)),
            Topic = Encoding.UTF8.GetString(topic),
            Event = Encoding.UTF8.GetString(@event),
            Payload = message[^names.Length..],
            IsBinary = true,
        };
        return FrameError.None;
    }

    private static bool TryCut(ref ReadOnlySpan<byte> bytes, int length, out ReadOnlySpan<byte> head)
    {
        if (bytes.Length < length)
        {
            head = default;
            return false;
        }

        head = bytes[..length];
        bytes = bytes[length..];
        return true;
    }
}
