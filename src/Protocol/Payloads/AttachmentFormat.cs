using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Protocol.Payloads;

/// <summary>An attachment on the wire: <c>{name, size, type, sha256, url}</c>, all required.</summary>
internal static partial class AttachmentFormat
{
    private const int Sha256Digits = 64;

    // RFC 6838 §4.2 names; parameters as RFC 9110 §5.6.6 writes them, because a browser's recorder names its codecs there.
    private const string MediaTypeGrammar = """[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}(?: ?; ?[A-Za-z0-9!#$%&'*+.^_`|~-]+=(?:[A-Za-z0-9!#$%&'*+.^_`|~-]+|"[ !#-\[\]-~]*"))*""";

    private static readonly MemberSet Members = new(
        ("name", JsonShapes.Pattern(@"^[^\u0000-\u001f\u007f-\u009f]+$").With(new JsonObject { ["maxLength"] = PayloadLimits.AttachmentNameLength })),
        ("size", JsonShapes.Number.About("Bytes.")),
        ("type", JsonShapes.Pattern($"^(?:{MediaTypeGrammar})$").With(new JsonObject { ["maxLength"] = PayloadLimits.MediaTypeLength })),
        ("sha256", JsonShapes.Pattern($"^[0-9a-f]{{{Sha256Digits}}}$")),
        ("url", JsonShapes.Pattern(@"^[Hh][Tt][Tt][Pp][Ss]?://[!-\[\]-~]+$").With(new JsonObject { ["maxLength"] = PayloadLimits.UrlLength })
            .About("Without user and password.")));

    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    /// <summary>The list as a schema.</summary>
    public static JsonShape ListShape { get; } = JsonShapes.ListOf(Members.Shape, PayloadLimits.Attachments);

    public static ImmutableArray<Attachment> ReadList(ref PayloadReader reader, string field)
    {
        if (!reader.List(field))
            return [];

        var attachments = ImmutableArray.CreateBuilder<Attachment>();
        while (reader.NextItem(PayloadLimits.Attachments))
            attachments.Add(Read(ref reader));
        return attachments.ToImmutable();
    }

    public static void WriteList(Utf8JsonWriter writer, ImmutableArray<Attachment> attachments)
    {
        writer.WriteStartArray("attachments"u8);
        foreach (var attachment in attachments)
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, attachment.Name);
            writer.WriteNumber("size"u8, attachment.Size);
            writer.WriteString("type"u8, attachment.Type);
            writer.WriteString("sha256"u8, attachment.Sha256);
            writer.WriteString("url"u8, attachment.Url);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static Attachment Read(ref PayloadReader reader)
    {
        string name = "", type = "", sha256 = "", url = "";
        var size = 0L;
        var members = reader.Object(Members);
        while (reader.Next(ref members))
        {
            switch (members.Name)
            {
                case "name":
                    name = Checked(ref reader, "name", IsName);
                    break;
                case "size":
                    size = reader.Integer("size");
                    break;
                case "type":
                    type = Checked(ref reader, "type", IsMediaType);
                    break;
                case "sha256":
                    sha256 = Checked(ref reader, "sha256", IsSha256);
                    break;
                case "url":
                    url = Checked(ref reader, "url", IsUrl);
                    break;
            }
        }

        return new Attachment(name, size, type, sha256, url);
    }

    private static string Checked(ref PayloadReader reader, string field, Func<string, bool> isValid)
    {
        var text = reader.Text(field);
        if (text is not null && !isValid(text))
            reader.Fail(PayloadFault.BadFormat, field);
        return text ?? "";
    }

    private static bool IsName(string text) =>
        text.Length is > 0 and <= PayloadLimits.AttachmentNameLength && !text.Any(char.IsControl);

    private static bool IsMediaType(string text) =>
        text.Length <= PayloadLimits.MediaTypeLength && MediaType().IsMatch(text);

    private static bool IsSha256(string text) =>
        text.Length == Sha256Digits && !text.AsSpan().ContainsAnyExcept(Hexadecimal);

    // The scheme is looked at in the text itself: Uri trims blanks and takes "https:host" too. Anyone who reads the
    // channel sees the address, so a password in it would be published, and "https://bank.example@evil.example" deceives.
    private static bool IsUrl(string text) =>
        text.Length <= PayloadLimits.UrlLength
        && (text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        && !text.AsSpan().ContainsAnyExceptInRange('!', '~')
        && !text.Contains('\\', StringComparison.Ordinal)
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri is { Host.Length: > 0, UserInfo.Length: 0 };

    [GeneratedRegex($@"\A{MediaTypeGrammar}\z", RegexOptions.CultureInvariant)]
    private static partial Regex MediaType();
}
