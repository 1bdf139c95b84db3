using System.Buffers;
using System.Collections.Immutable;
using QuikApp.Protocol.Identity;

namespace QuikApp.Protocol.Journal;

/// <summary>
/// The public line of a record: what everyone who verifies the log may see. It holds no text and no name of a person, and its
/// canonical bytes (RFC 8785) are what the hash chain is made of.
/// </summary>
public sealed class RecordHeader
{
    /// <summary>The version of the header itself, field <c>v</c>.</summary>
    public const int Version = 1;

    /// <summary>The most bodies that a record may have.</summary>
    public const int MaxBodies = 16;

    /// <summary>More bytes than any header can have; longer lines are refused unread.</summary>
    public const int MaxLength = 2048;

    /// <summary><c>t</c>: event type with its version, for example <c>message.created.v1</c>.</summary>
    public required string Type { get; init; }

    /// <summary><c>sid</c>: the stream.</summary>
    public required StreamId Stream { get; init; }

    /// <summary><c>seq</c>: 1, 2, 3 … within the stream, below 2^53.</summary>
    public required long Seq { get; init; }

    /// <summary><c>prev</c>: the leaf of the record before, or the stream's genesis hash.</summary>
    public required Sha256Digest Previous { get; init; }

    /// <summary><c>iat</c>: microseconds since 1970-01-01T00:00:00Z, strictly rising within the stream, 1 to 2^53 - 1.</summary>
    public required long IssuedAt { get; init; }

    /// <summary><c>act</c>: pseudonym of who did it.</summary>
    public required string Actor { get; init; }

    /// <summary><c>who</c>: in membership events the pseudonym of the member, else null.</summary>
    public string? Member { get; init; }

    /// <summary><c>msg</c>: the message concerned, where there is one.</summary>
    public MessageId? Message { get; init; }

    /// <summary><c>id</c>: the event's own ULID.</summary>
    public required string Id { get; init; }

    /// <summary><c>_sd</c>: digests of the bodies' disclosures (RFC 9901 §4.2.4.1), in the order of the bodies; 1 to 16.</summary>
    public required ImmutableArray<Sha256Digest> BodyDigests { get; init; }

    /// <summary><c>kid</c>: the content key that the bodies are encrypted with.</summary>
    public required string Key { get; init; }

    /// <summary>Reads the canonical bytes of a header and no others.</summary>
    /// <param name="bytes">The line without its line feed.</param>
    /// <exception cref="JournalFormatException">An unknown, missing, repeated or ill-formed field, or another form of the same JSON.</exception>
    public static RecordHeader Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxLength)
            throw new JournalFormatException(JournalFault.Format, $"header: longer than {MaxLength} bytes");

        var header = RecordHeaderReader.Read(bytes);
        using var again = new PooledBuffer(bytes.Length + 64);
        header.WriteTo(again);
        var same = again.Written.CommonPrefixLength(bytes);
        if (same != bytes.Length || same != again.Written.Length)
            throw new JournalFormatException(JournalFault.Format, $"header: not in canonical form (RFC 8785) at byte {same}");
        return header;
    }

    /// <summary>Writes the canonical bytes.</summary>
    /// <exception cref="JournalFormatException">A field breaks its grammar.</exception>
    public void WriteTo(IBufferWriter<byte> output)
    {
        RequireValid();
        var json = new CanonicalJsonWriter(output);
        json.StartObject();
        json.Name("_sd");
        json.StartArray();
        Span<byte> digest = stackalloc byte[Sha256Digest.Length];
        foreach (var body in BodyDigests)
        {
            body.CopyTo(digest);
            json.Base64UrlText(digest);
        }

        json.EndArray();
        json.Name("act");
        json.Text(Actor);
        json.Name("iat");
        json.Number(IssuedAt);
        json.Name("id");
        json.Text(Id);
        json.Name("kid");
        json.Text(Key);
        if (Message is { } message)
        {
            json.Name("msg");
            json.Text(message.Value);
        }

        json.Name("prev");
        Previous.CopyTo(digest);
        json.Base64UrlText(digest);
        json.Name("seq");
        json.Number(Seq);
        json.Name("sid");
        json.Text(Stream.Value);
        json.Name("t");
        json.Text(Type);
        json.Name("v");
        json.Number(Version);
        if (Member is not null)
        {
            json.Name("who");
            json.Text(Member);
        }

        json.EndObject();
    }

    /// <summary>An exception that names this record.</summary>
    internal JournalFormatException Fault(JournalFault fault, string reason) => new(fault, Stream, Seq, reason);

    private void RequireValid()
    {
        Require(EventTypes.IsName(Type), "t", "an event type with its version");
        Require(Stream.Value is not null, "sid", "a stream");
        Require(Seq is > 0 and <= CanonicalJsonWriter.MaxInteger, "seq", "1 to 2^53 - 1");
        Require(IssuedAt is > 0 and <= CanonicalJsonWriter.MaxInteger, "iat", "1 to 2^53 - 1 microseconds");
        Require(RecordIds.IsPseudonym(Actor), "act", "a pseudonym");
        Require(Member is null || RecordIds.IsPseudonym(Member), "who", "a pseudonym");
        Require(Message is null || Identifier.IsValid(Message.Value.Value), "msg", "a message id");
        Require(RecordIds.IsUlid(Id), "id", "a ULID");
        Require(RecordIds.IsKey(Key), "kid", "a content key's id");
        Require(!BodyDigests.IsDefault && BodyDigests.Length is >= 1 and <= MaxBodies, "_sd", $"1 to {MaxBodies} digests");
        Require(EventTypes.ConcernsMessage(Type) is null || EventTypes.ConcernsMessage(Type) == Message is not null, "msg", $"there for {Type} when it concerns a message, and only then");
        Require(EventTypes.ConcernsMember(Type) is null || EventTypes.ConcernsMember(Type) == Member is not null, "who", $"there for {Type} when it concerns a member, and only then");
    }

    private static void Require(bool condition, string field, string expected)
    {
        if (!condition)
            throw new JournalFormatException(JournalFault.Format, $"header: {field} must be {expected}");
    }
}
