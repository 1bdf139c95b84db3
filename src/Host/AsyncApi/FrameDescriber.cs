using System.Text.Json.Nodes;
using QuikApp.Protocol.Phoenix;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Host.AsyncApi;

/// <summary>Describes frames: what <see cref="FrameDecoder"/> reads and <see cref="FrameEncoder"/> writes, V2 or V1.</summary>
internal static class FrameDescriber
{
    private static readonly JsonShape Reference =
        JsonShapes.Any.About("Any JSON value, given back as it came; a string as a rule, null where there is none.");

    /// <summary>A frame of a client. What stands behind the fifth element, and other members of the object, are ignored.</summary>
    public static JsonObject FromClient(DocumentParts parts, JsonObject topic, string @event, JsonObject payload) => Frame(parts, topic, @event, payload, isServer: false);

    /// <summary>A frame of the server.</summary>
    public static JsonObject FromServer(DocumentParts parts, JsonObject topic, string @event, JsonObject payload) => Frame(parts, topic, @event, payload, isServer: true);

    /// <summary>The payload of a reply.</summary>
    public static JsonObject Reply(string status, JsonObject response) => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("status", "response"),
        ["properties"] = new JsonObject { ["status"] = Word(status), ["response"] = response },
    };

    private static JsonObject Frame(DocumentParts parts, JsonObject topic, string @event, JsonObject payload, bool isServer)
    {
        var reference = parts.Share("ref", Reference);
        var second = new JsonObject
        {
            ["title"] = "V2",
            ["type"] = "array",
            ["items"] = new JsonArray(Copy(reference), Copy(reference), Copy(topic), Word(@event), Copy(payload)),
            ["minItems"] = 5,
        };
        var first = new JsonObject
        {
            ["title"] = "V1",
            ["type"] = "object",
            ["required"] = new JsonArray("topic", "event", "payload", "ref"),
            ["properties"] = new JsonObject
            {
                ["topic"] = Copy(topic),
                ["event"] = Word(@event),
                ["payload"] = Copy(payload),
                ["ref"] = Copy(reference),
            },
        };
        if (isServer)
            second.Add("maxItems", 5);
        else
            first["properties"]!.AsObject().Add("join_ref", reference);
        return new JsonObject { ["anyOf"] = new JsonArray(second, first) };
    }

    private static JsonObject Word(string word) => new() { ["type"] = "string", ["const"] = word };

    // A node has one parent.
    private static JsonNode Copy(JsonObject schema) => schema.DeepClone();
}
