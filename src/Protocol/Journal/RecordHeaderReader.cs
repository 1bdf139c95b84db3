using System.Collections.Immutable;
using System.Text.Json;
using QuikApp.Protocol.Identity;

namespace QuikApp.Protocol.Journal;

/// <summary>Reads a header's fields and names what is wrong with them. That the form is canonical too is checked by writing it again.</summary>
internal static class RecordHeaderReader
{
    public static RecordHeader Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return ReadFields(bytes);
        }
        catch (JsonException e)
        {
            throw new JournalFormatException(JournalFault.Format, $"header: not JSON at byte {e.BytePositionInLine}");
        }
    }

    private static RecordHeader ReadFields(ReadOnlySpan<byte> bytes)
    {
        var json = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 2 });
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            throw Fault("not an object");

        string? type = null, actor = null, member = null, id = null, key = null, sid = null, msg = null;
        long? seq = null, iat = null, version = null;
        Sha256Digest? previous = null;
        ImmutableArray<Sha256Digest>? digests = null;

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = Ascii(ref json, "a field name");
            json.Read();
            switch (name)
            {
                case "_sd": Once(digests, name); digests = Digests(ref json); break;
                case "act": Once(actor, name); actor = Text(ref json, name); break;
                case "iat": Once(iat, name); iat = Integer(ref json, name); break;
                case "id": Once(id, name); id = Text(ref json, name); break;
                case "kid": Once(key, name); key = Text(ref json, name); break;
                case "msg": Once(msg, name); msg = Text(ref json, name); break;
                case "prev": Once(previous, name); previous = Digest(ref json, name); break;
                case "seq": Once(seq, name); seq = Integer(ref json, name); break;
                case "sid": Once(sid, name); sid = Text(ref json, name); break;
                case "t": Once(type, name); type = Text(ref json, name); break;
                case "v": Once(version, name); version = Integer(ref json, name); break;
                case "who": Once(member, name); member = Text(ref json, name); break;
                default: throw Fault($"unknown field '{name}'");
            }
        }

        // The reader refuses anything after the object, but only when it is asked to go on.
        json.Read();

        if (Required(version, "v") != RecordHeader.Version)
            throw Fault($"v is {version}, this release reads {RecordHeader.Version}");
        return new RecordHeader
        {
            BodyDigests = Required(digests, "_sd"),
            Actor = Required(actor, "act"),
            IssuedAt = Required(iat, "iat"),
            Id = Required(id, "id"),
            Key = Required(key, "kid"),
            Message = msg is null ? null : Message(msg),
            Previous = Required(previous, "prev"),
            Seq = Required(seq, "seq"),
            Stream = Stream(Required(sid, "sid")),
            Type = Required(type, "t"),
            Member = member,
        };
    }

    private static JournalFormatException Fault(string reason) => new(JournalFault.Format, "header: " + reason);

    private static void Once<T>(T? value, string name)
    {
        if (value is not null)
            throw Fault($"field '{name}' twice");
    }

    private static T Required<T>(T? value, string name)
        where T : struct => value ?? throw Fault($"field '{name}' is missing");

    private static string Required(string? value, string name) => value ?? throw Fault($"field '{name}' is missing");

    private static string Text(ref Utf8JsonReader json, string name) =>
        json.TokenType == JsonTokenType.String ? Ascii(ref json, name) : throw Fault($"{name} must be a string");

    private static string Ascii(ref Utf8JsonReader json, string name)
    {
        // Every value of a header is of a grammar that needs no escape and no letter beyond ASCII.
        if (json.ValueIsEscaped || !System.Text.Ascii.IsValid(json.ValueSpan))
            throw Fault($"{name} must be plain ASCII");
        return System.Text.Encoding.ASCII.GetString(json.ValueSpan);
    }

    private static long Integer(ref Utf8JsonReader json, string name) =>
        json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var value) ? value : throw Fault($"{name} must be an integer");

    private static Sha256Digest Digest(ref Utf8JsonReader json, string name) =>
        json.TokenType == JsonTokenType.String && Sha256Digest.TryParse(json.ValueSpan, out var digest)
            ? digest
            : throw Fault($"{name} must be the 43 characters of a SHA-256 value");

    private static ImmutableArray<Sha256Digest> Digests(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartArray)
            throw Fault("_sd must be an array");
        var digests = ImmutableArray.CreateBuilder<Sha256Digest>(1);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            digests.Add(Digest(ref json, "_sd"));
        return digests.DrainToImmutable();
    }

    private static MessageId Message(string text) =>
        MessageId.TryParse(text, out var id) ? id : throw Fault("msg must be a message id");

    private static StreamId Stream(string text)
    {
        try
        {
            return StreamId.Parse(text);
        }
        catch (FormatException e)
        {
            throw Fault($"sid: {e.Message}");
        }
    }
}
