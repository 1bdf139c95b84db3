using System.Text.Json.Nodes;

namespace QuikApp.Protocol.Shapes;

/// <summary>
/// What a JSON value may be, as a JSON Schema (draft 7). Parsers and encoders declare it where they stand, and the
/// description of the socket API shows it.
/// </summary>
/// <remarks>
/// A schema is never stricter than its parser. It is looser where draft 7 has no words: bytes of UTF-8, UTF-16 code units, a
/// member twice, <c>1.0</c> for an integer.
/// </remarks>
public sealed class JsonShape
{
    private readonly JsonObject _schema;

    private JsonShape(JsonObject schema) => _schema = schema;

    /// <summary>A value that a schema describes.</summary>
    public static JsonShape Of(JsonObject schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return new JsonShape((JsonObject)schema.DeepClone());
    }

    /// <summary>An object that may have more members than these: what the server sends grows.</summary>
    /// <param name="members">Names, each once; one that ends in <c>?</c> is optional.</param>
    public static JsonShape ObjectOf(params IEnumerable<(string Name, JsonShape Shape)> members)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var (name, shape) in members)
        {
            properties.Add(name.TrimEnd('?'), shape.ToSchema());
            if (!name.EndsWith('?'))
                required.Add(name);
        }

        return new JsonShape(new JsonObject { ["type"] = "object", ["required"] = required, ["properties"] = properties });
    }

    /// <summary>One of several.</summary>
    public static JsonShape AnyOf(params IEnumerable<JsonShape> choices) =>
        new(new JsonObject { ["anyOf"] = new JsonArray([.. choices.Select(choice => choice.ToSchema())]) });

    /// <summary>The same with more to say.</summary>
    /// <param name="keywords">Keywords of JSON Schema that the shape does not have yet.</param>
    public JsonShape With(JsonObject keywords)
    {
        ArgumentNullException.ThrowIfNull(keywords);
        var schema = ToSchema();
        foreach (var (keyword, value) in keywords)
            schema.Add(keyword, value?.DeepClone());
        return new JsonShape(schema);
    }

    /// <summary>The same with a few words for people.</summary>
    public JsonShape About(string description) => With(new JsonObject { ["description"] = description });

    /// <summary>The schema, for the caller to keep.</summary>
    public JsonObject ToSchema() => (JsonObject)_schema.DeepClone();
}
