using QuikApp.Protocol.Identity;

namespace QuikApp.Protocol.Journal;

/// <summary>Bytes of the journal are not what the format allows. Names the fault and, as far as it could be read, the place.</summary>
public sealed class JournalFormatException : FormatException
{
    /// <summary>A fault of bytes whose place is not known yet.</summary>
    public JournalFormatException(JournalFault fault, string reason)
        : base(reason)
    {
        Fault = fault;
        Reason = reason;
    }

    /// <summary>A fault of the record <paramref name="seq"/> of <paramref name="stream"/>.</summary>
    public JournalFormatException(JournalFault fault, StreamId stream, long seq, string reason)
        : base($"{stream.Value} seq {seq}: {reason}")
    {
        Fault = fault;
        Stream = stream;
        Seq = seq;
        Reason = reason;
    }

    /// <summary>The kind of fault.</summary>
    public JournalFault Fault { get; }

    /// <summary>The stream, when known.</summary>
    public StreamId? Stream { get; }

    /// <summary>The number within the stream, when known.</summary>
    public long? Seq { get; }

    /// <summary>What is wrong, without the place. Never holds text of a body.</summary>
    public string Reason { get; }
}
