using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Protocol.Tests.Shapes;

/// <summary>
/// A shape under another's JSON Schema engine. Objects are closed: a member that the encoder writes and the shape keeps quiet
/// about is a fault here, though clients must bear it.
/// </summary>
internal sealed class StrictSchema
{
    private readonly JsonSchema _schema;

    public StrictSchema(JsonShape shape)
    {
        var schema = shape.ToSchema();
        Close(schema);
        _schema = JsonSchema.FromText(schema.ToJsonString(), new BuildOptions { Dialect = Dialect.Draft07 });
    }

    public bool Accepts(string json)
    {
        using var document = JsonDocument.Parse(json);
        return _schema.Evaluate(document.RootElement).IsValid;
    }

    private static void Close(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
                Close(item);
        }

        if (node is not JsonObject schema)
            return;
        foreach (var (_, value) in schema)
            Close(value);
        if (schema["type"] is JsonValue type && type.ToString() == "object" && schema["properties"] is JsonObject && !schema.ContainsKey("additionalProperties"))
            schema.Add("additionalProperties", false);
    }
}
