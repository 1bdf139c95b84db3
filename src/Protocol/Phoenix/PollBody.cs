using System.Buffers.Text;

namespace QuikApp.Protocol.Phoenix;

/// <summary>
/// Takes the body of a long poll's POST apart: one JSON message, or one message a line when the client calls it
/// <c>application/x-ndjson</c>. A line of JSON is a text message; any other is a binary message in base64 (RFC 4648 §4).
/// </summary>
/// <remarks>
/// The messages are not decoded here. White space around a line, <c>\r\n</c> and empty lines do not count, so a body may end
/// with a newline; Phoenix ends the session then.
/// </remarks>
public static class PollBody
{
    /// <summary>The content type of a body that holds one message a line, without its parameters.</summary>
    public const string LinesMediaType = "application/x-ndjson";

    private static ReadOnlySpan<byte> White => " \t\r\n"u8;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body. Text messages are slices of it.</param>
    /// <param name="isLines">Whether it holds one message a line.</param>
    /// <param name="maxLines">Messages that it may hold.</param>
    /// <param name="maxMessageBytes">How long a message may be, decoded.</param>
    /// <param name="frames">The messages, when the answer is <see cref="PollBodyFault.None"/>.</param>
    /// <param name="line">The line at fault, counted from 1; 0 when it is none in particular.</param>
    public static PollBodyFault Read(
        ReadOnlyMemory<byte> body, bool isLines, int maxLines, int maxMessageBytes, out IReadOnlyList<PollFrame> frames, out int line)
    {
        line = 0;
        if (isLines)
            return ReadLines(body, maxLines, maxMessageBytes, out frames, out line);

        var message = Trimmed(body);
        frames = message.IsEmpty || message.Length > maxMessageBytes ? [] : [new PollFrame(IsBinary: false, message)];
        return message.IsEmpty ? PollBodyFault.Empty
            : message.Length > maxMessageBytes ? PollBodyFault.MessageTooLong
            : PollBodyFault.None;
    }

    private static PollBodyFault ReadLines(
        ReadOnlyMemory<byte> body, int maxLines, int maxMessageBytes, out IReadOnlyList<PollFrame> frames, out int line)
    {
        line = 0;
        frames = [];
        var found = new List<PollFrame>();
        foreach (var range in body.Span.Split((byte)'\n'))
        {
            line++;
            var message = Trimmed(body[range]);
            if (message.IsEmpty)
                continue;
            if (found.Count == maxLines)
                return PollBodyFault.TooManyLines;

            var fault = ReadLine(message, maxMessageBytes, out var frame);
            if (fault != PollBodyFault.None)
                return fault;
            found.Add(frame);
        }

        line = 0;
        frames = found;
        return found.Count == 0 ? PollBodyFault.Empty : PollBodyFault.None;
    }

    // Neither bracket is a digit of base64. Messages of V2 are arrays, those of V1 objects.
    private static PollBodyFault ReadLine(ReadOnlyMemory<byte> message, int maxMessageBytes, out PollFrame frame)
    {
        frame = new PollFrame(IsBinary: false, message);
        if (message.Span[0] is (byte)'[' or (byte)'{')
            return message.Length > maxMessageBytes ? PollBodyFault.MessageTooLong : PollBodyFault.None;

        if (!Base64.IsValid(message.Span, out var length))
            return PollBodyFault.NeitherJsonNorBase64;
        if (length > maxMessageBytes)
            return PollBodyFault.MessageTooLong;

        var bytes = new byte[length];
        Base64.DecodeFromUtf8(message.Span, bytes, out _, out var written);
        frame = new PollFrame(IsBinary: true, bytes.AsMemory(0, written));
        return PollBodyFault.None;
    }

    private static ReadOnlyMemory<byte> Trimmed(ReadOnlyMemory<byte> text)
    {
        var start = text.Span.IndexOfAnyExcept(White);
        return start < 0 ? default : text[start..(text.Span.LastIndexOfAnyExcept(White) + 1)];
    }
}
