using System.Text.Json.Nodes;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Host.AsyncApi;

/// <summary>The parts of a document that grow topic by topic.</summary>
internal sealed class DocumentParts
{
    /// <summary>The channels: one for each kind of topic.</summary>
    public JsonObject Channels { get; } = [];

    /// <summary>What is sent and received there.</summary>
    public JsonObject Operations { get; } = [];

    /// <summary>Schemas that several messages share.</summary>
    public JsonObject Schemas { get; } = [];

    /// <summary>A reference.</summary>
    public static JsonObject Ref(string pointer) => new() { ["$ref"] = $"#/{pointer}" };

    /// <summary>A name that may stand in a pointer and as a key: <c>message:new</c> is <c>message_new</c>.</summary>
    public static string Key(string name) => name.Replace(':', '_');

    /// <summary>Shares a schema under a key; a second one under the same key must be the same.</summary>
    /// <returns>The reference to it.</returns>
    public JsonObject Share(string key, JsonShape shape)
    {
        var schema = shape.ToSchema();
        if (!Schemas.TryAdd(key, schema) && !JsonNode.DeepEquals(Schemas[key], schema))
            throw new InvalidOperationException($"two schemas for {key}");
        return Ref($"components/schemas/{key}");
    }
}
