using QuikApp.Protocol.Identity;

namespace QuikApp.Protocol.Journal;

/// <summary>A stream does not continue as its chain says.</summary>
/// <param name="Stream">The stream that was checked.</param>
/// <param name="Seq">The number that should have come next.</param>
/// <param name="Fault">The kind of fault.</param>
/// <param name="Reason">What was found and what was expected.</param>
public sealed record ChainViolation(StreamId Stream, long Seq, JournalFault Fault, string Reason)
{
    /// <summary>One line for a report.</summary>
    public override string ToString() => $"{Stream.Value} seq {Seq}: {Reason}";
}
