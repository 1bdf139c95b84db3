using System.Text.Json.Nodes;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Protocol.Shapes;

/// <summary>The values that payloads share: what <see cref="PayloadReader"/> reads, and what the encoders write.</summary>
public static class JsonShapes
{
    /// <summary>The expression of <see cref="Identifier"/>'s grammar, without anchors.</summary>
    public const string IdGrammar = "[A-Za-z0-9_-]{1,64}";

    private const string ControlCharacters = @"\u0000-\u001f\u007f-\u009f";

    /// <summary>Any value.</summary>
    public static JsonShape Any { get; } = JsonShape.Of([]);

    /// <summary>Any value but null.</summary>
    public static JsonShape Something { get; } =
        JsonShape.Of(new JsonObject { ["not"] = new JsonObject { ["type"] = "null" } });

    /// <summary>An object of which nothing is said.</summary>
    public static JsonShape AnyObject { get; } = JsonShape.Of(new JsonObject { ["type"] = "object" });

    /// <summary>An object of which there is nothing to say.</summary>
    public static JsonShape Empty { get; } = JsonShape.ObjectOf();

    /// <summary>Any text, as the server sends it.</summary>
    public static JsonShape AnyText { get; } = JsonShape.Of(new JsonObject { ["type"] = "string" });

    /// <summary>Any text, or null where there is none.</summary>
    public static JsonShape TextOrNull { get; } = JsonShape.Of(new JsonObject { ["type"] = new JsonArray("string", "null") });

    /// <summary>Any Unicode text without NUL.</summary>
    public static JsonShape Text { get; } = JsonShape.Of(new JsonObject { ["type"] = "string", ["pattern"] = @"^[^\u0000]*$" });

    /// <summary>A message's text. The limit is one of bytes, which a schema cannot say.</summary>
    public static JsonShape Content { get; } =
        Text.With(new JsonObject { ["maxLength"] = PayloadLimits.ContentBytes }).About($"At most {PayloadLimits.ContentBytes} bytes of UTF-8.");

    /// <summary>An id of <see cref="Identifier"/>'s grammar.</summary>
    public static JsonShape Id { get; } = Pattern($"^{IdGrammar}$");

    /// <summary>An access token.</summary>
    public static JsonShape Token { get; } = Text.With(new JsonObject { ["minLength"] = 1, ["maxLength"] = PayloadLimits.TokenLength });

    /// <summary>A name that is shown to people.</summary>
    public static JsonShape Name { get; } = Pattern($@"^[^{ControlCharacters}\u2028-\u202e\u2066-\u2069]+$")
        .With(new JsonObject { ["maxLength"] = PayloadLimits.NameLength })
        .About("Not blank at its ends.");

    /// <summary>A moment as clients may write it: RFC 3339 with any offset.</summary>
    public static JsonShape Moment { get; } =
        Pattern(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$")
            .With(new JsonObject { ["format"] = "date-time" });

    /// <summary>A moment as <see cref="Rfc3339"/> writes it.</summary>
    public static JsonShape Time { get; } =
        Pattern(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$").With(new JsonObject { ["format"] = "date-time" });

    /// <summary>A whole number of either direction's usual range.</summary>
    public static JsonShape Number { get; } = WholeNumber(0, PayloadLimits.MaxInteger);

    /// <summary>The number of an event in its conversation.</summary>
    public static JsonShape Seq { get; } = WholeNumber(1, PayloadLimits.MaxInteger).About("The event's number: dense within its conversation.");

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static JsonShape Boolean { get; } = JsonShape.Of(new JsonObject { ["type"] = "boolean" });

    /// <summary>Users.</summary>
    public static JsonShape Users { get; } = ListOf(Id);

    /// <summary>A whole number.</summary>
    public static JsonShape WholeNumber(long min, long max) =>
        JsonShape.Of(new JsonObject { ["type"] = "integer", ["minimum"] = min, ["maximum"] = max });

    /// <summary>A text of one line.</summary>
    /// <param name="limit">UTF-16 code units.</param>
    public static JsonShape Line(int limit) =>
        Pattern($@"^[^{ControlCharacters}\u2028\u2029]+$").With(new JsonObject { ["maxLength"] = limit });

    /// <summary>A text that an expression of ECMA-262 describes.</summary>
    public static JsonShape Pattern(string pattern) => JsonShape.Of(new JsonObject { ["type"] = "string", ["pattern"] = pattern });

    /// <summary>One of a few words.</summary>
    public static JsonShape OneOf(params IEnumerable<string> words) =>
        JsonShape.Of(new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. words.Select(word => (JsonNode)word)]) });

    /// <summary>One of the words of a table that a parser reads with.</summary>
    public static JsonShape OneOf<T>(IEnumerable<(string Word, T Value)> words) => OneOf(words.Select(pair => pair.Word));

    /// <summary>One of the words of an enumeration.</summary>
    public static JsonShape WordOf<T>()
        where T : struct, Enum => OneOf(Enum.GetValues<T>().Select(Words<T>.Of));

    /// <summary>A list.</summary>
    /// <param name="item">What each item is.</param>
    /// <param name="limit">How many at most; null where nobody bounds them.</param>
    public static JsonShape ListOf(JsonShape item, int? limit = null)
    {
        ArgumentNullException.ThrowIfNull(item);
        var schema = new JsonObject { ["type"] = "array", ["items"] = item.ToSchema() };
        if (limit is { } max)
            schema.Add("maxItems", max);
        return JsonShape.Of(schema);
    }

    /// <summary>An object whose members have names of the client's: users, emoji.</summary>
    public static JsonShape MapOf(JsonShape value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return JsonShape.Of(new JsonObject { ["type"] = "object", ["additionalProperties"] = value.ToSchema() });
    }
}
