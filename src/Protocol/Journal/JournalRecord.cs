using System.Collections.Immutable;

namespace QuikApp.Protocol.Journal;

/// <summary>
/// One event as the journal stores it: <c>header LF body LF [body LF …]</c>. Verification hashes these bytes as they are.
/// </summary>
public sealed class JournalRecord
{
    private readonly int _headerLength;
    private readonly ImmutableArray<Range> _bodies;

    private JournalRecord(RecordHeader header, ReadOnlyMemory<byte> bytes, int headerLength, ImmutableArray<Range> bodies)
    {
        Header = header;
        Bytes = bytes;
        Leaf = Sha256Digest.OfLeaf(bytes.Span[..headerLength]);
        _headerLength = headerLength;
        _bodies = bodies;
    }

    /// <summary>The header, read.</summary>
    public RecordHeader Header { get; }

    /// <summary>All bytes: what the payload column holds.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The header's bytes: RFC 8785 JSON, without the line feed.</summary>
    public ReadOnlyMemory<byte> HeaderBytes => Bytes[.._headerLength];

    /// <summary>SHA-256 of <c>0x00 ‖ header bytes</c>.</summary>
    public Sha256Digest Leaf { get; }

    /// <summary>How many bodies there are: as many as the header has digests.</summary>
    public int BodyCount => _bodies.Length;

    /// <summary>A body: compact JWE in ASCII.</summary>
    /// <param name="index">0 to <see cref="BodyCount"/> - 1.</param>
    public ReadOnlyMemory<byte> Body(int index) => Bytes[_bodies[index]];

    /// <summary>Reads a record. Nothing is copied: <paramref name="bytes"/> must not change afterwards.</summary>
    /// <exception cref="JournalFormatException">They are not the bytes of a record. Its bodies are checked for their form and their key's id alone.</exception>
    public static JournalRecord Parse(ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        var headerLength = span.IndexOf((byte)'\n');
        if (headerLength < 0)
            throw new JournalFormatException(JournalFault.Format, "no line feed after the header");
        if (span[^1] != (byte)'\n')
            throw new JournalFormatException(JournalFault.Format, "no line feed at the end");

        var header = RecordHeader.Parse(span[..headerLength]);
        Span<byte> protectedHeader = stackalloc byte[ContentKey.ProtectedHeaderLength];
        ContentKey.WriteProtectedHeader(header.Key, protectedHeader);

        var bodies = ImmutableArray.CreateBuilder<Range>(header.BodyDigests.Length);
        for (var start = headerLength + 1; start < span.Length;)
        {
            var end = start + span[start..].IndexOf((byte)'\n');
            var body = span[start..end];
            if (!BodyCipher.HasForm(body, protectedHeader))
                throw Misformed(header, body, bodies.Count);
            if (bodies.Count == header.BodyDigests.Length)
                throw header.Fault(JournalFault.Format, $"more bodies than the header's {header.BodyDigests.Length} digests");
            bodies.Add(start..end);
            start = end + 1;
        }

        if (bodies.Count != header.BodyDigests.Length)
            throw header.Fault(JournalFault.Format, $"{bodies.Count} bodies for {header.BodyDigests.Length} digests");
        return new JournalRecord(header, bytes, headerLength, bodies.DrainToImmutable());
    }

    /// <summary>A record that has just been written with one body.</summary>
    internal static JournalRecord Written(RecordHeader header, ReadOnlyMemory<byte> bytes, int headerLength) =>
        new(header, bytes, headerLength, [(headerLength + 1)..(bytes.Length - 1)]);

    private static JournalFormatException Misformed(RecordHeader header, ReadOnlySpan<byte> body, int index)
    {
        // A well-formed body under another key is a swap; say so instead of calling it damaged.
        var otherKey = body.Length > ContentKey.ProtectedHeaderLength && BodyCipher.HasForm(body, body[..ContentKey.ProtectedHeaderLength]);
        return otherKey
            ? header.Fault(JournalFault.Key, $"body {index + 1} names another key than the header's {header.Key}")
            : header.Fault(JournalFault.Format, $"body {index + 1} is not a compact JWE under {header.Key}");
    }
}
