using QuikApp.Protocol.Identity;

namespace QuikApp.Protocol.Journal;

/// <summary>Checks that a record is the one that continues a stream. Needs no key: it looks at headers alone.</summary>
public static class ChainVerifier
{
    /// <summary>Checks a record that was read.</summary>
    /// <param name="stream">The stream that it was found in.</param>
    /// <param name="head">The head before it.</param>
    /// <param name="record">The record.</param>
    /// <returns>Null when it continues the stream; go on with <see cref="ChainHead.After"/>.</returns>
    public static ChainViolation? Check(StreamId stream, ChainHead head, JournalRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var header = record.Header;
        var expected = head.Seq + 1;
        if (header.Stream != stream)
            return new(stream, expected, JournalFault.Stream, $"the record belongs to {header.Stream.Value}");
        if (header.Seq != expected)
            return new(stream, expected, JournalFault.Sequence, $"the record has seq {header.Seq}");
        if (header.Previous != head.Leaf)
            return new(stream, expected, JournalFault.Previous, $"prev is {header.Previous}, the leaf before is {head.Leaf}");
        if (header.IssuedAt <= head.Iat)
            return new(stream, expected, JournalFault.Time, $"iat {header.IssuedAt} does not rise above {head.Iat}");
        return null;
    }

    /// <summary>Reads and checks the bytes of a record.</summary>
    /// <param name="stream">The stream that they were found in.</param>
    /// <param name="head">The head before them.</param>
    /// <param name="bytes">The payload; must not change afterwards.</param>
    /// <param name="record">The record, when it continues the stream.</param>
    /// <returns>Null when it continues the stream.</returns>
    public static ChainViolation? Check(StreamId stream, ChainHead head, ReadOnlyMemory<byte> bytes, out JournalRecord? record)
    {
        record = null;
        JournalRecord read;
        try
        {
            read = JournalRecord.Parse(bytes);
        }
        catch (JournalFormatException e)
        {
            return new(stream, head.Seq + 1, e.Fault, e.Reason);
        }

        var violation = Check(stream, head, read);
        record = violation is null ? read : null;
        return violation;
    }
}
