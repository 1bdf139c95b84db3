using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Protocol.Journal;

/// <summary>
/// An event's body as its record has it, in the clear and without the record: how the nodes of one cluster, who may all read
/// it, tell each other about it.
/// </summary>
public static class EventBytes
{
    /// <summary>Writes the body.</summary>
    /// <param name="by">Who did it.</param>
    /// <param name="e">What happened. Its type and its message are not in the body.</param>
    public static byte[] Write(UserId by, ConversationEvent e)
    {
        using var body = new PooledBuffer(512);
        EventBody.Write(by, e, body);
        return body.Written.ToArray();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="type">One of <see cref="EventTypes"/>.</param>
    /// <param name="stream">The stream; named in faults.</param>
    /// <param name="seq">The number; named in faults.</param>
    /// <param name="message">The message concerned, where there is one.</param>
    /// <param name="body">The body.</param>
    /// <exception cref="JournalFormatException">A type that this release does not know, or content that is not this type's.</exception>
    public static (UserId By, ConversationEvent Event) Read(string type, StreamId stream, long seq, MessageId? message, ReadOnlySpan<byte> body)
    {
        var name = new EventName(type, stream, seq, message);
        var fields = EventBodyFields.Read(name, body);
        return (fields.User("by"), RecordReader.ToEvent(name, fields));
    }
}
