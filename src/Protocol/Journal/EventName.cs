using QuikApp.Protocol.Identity;

namespace QuikApp.Protocol.Journal;

/// <summary>What must be known of an event beside its body, to read it and to say what is wrong with it.</summary>
/// <param name="Type">One of <see cref="EventTypes"/>.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Seq">The number.</param>
/// <param name="Message">The message concerned, where there is one.</param>
internal readonly record struct EventName(string Type, StreamId Stream, long Seq, MessageId? Message)
{
    /// <summary>An exception that names this event.</summary>
    public JournalFormatException Fault(JournalFault fault, string reason) => new(fault, Stream, Seq, reason);
}
