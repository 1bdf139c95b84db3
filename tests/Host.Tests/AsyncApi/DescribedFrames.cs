using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using QuikApp.Host.AsyncApi;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Tests.AsyncApi;

/// <summary>
/// Frames against the description of the socket API, under another's JSON Schema engine. Objects of the server are closed: what it
/// sends and does not describe is a fault here, though clients must bear it.
/// </summary>
internal static class DescribedFrames
{
    private static readonly JsonObject Document = DocumentDescriber.Describe(allowQueryToken: true);
    private static readonly ConcurrentDictionary<string, JsonSchema?> Schemas = new();

    /// <summary>Whether this is a frame that the server sends. What goes to a topic that does not exist is no part of the API.</summary>
    public static bool IsOfServer(string frame) => IsDescribed(frame, "event", "phx_reply");

    /// <summary>Whether this is a frame that the server takes from clients.</summary>
    public static bool IsOfClient(string frame) => IsDescribed(frame, "push", null);

    /// <summary>Whether this is the reply to that push, granted or refused.</summary>
    public static bool IsReplyTo(string push, string reply)
    {
        var (channel, @event) = Read(push);
        return Accepts(channel!, $"reply.{DocumentParts.Key(@event)}", reply) || Accepts(channel!, "refusal", reply);
    }

    private static bool IsDescribed(string frame, string direction, string? replies)
    {
        var (channel, @event) = Read(frame);
        if (channel is null)
            return direction == "event";
        return @event == replies
            ? Messages(channel).Any(id => (id.StartsWith("reply.", StringComparison.Ordinal) || id == "refusal") && Accepts(channel, id, frame))
            : Accepts(channel, $"{direction}.{DocumentParts.Key(@event)}", frame);
    }

    private static (string? Channel, string Event) Read(string frame)
    {
        using var json = JsonDocument.Parse(frame);
        var isV2 = json.RootElement.ValueKind == JsonValueKind.Array;
        var topic = isV2 ? json.RootElement[2] : json.RootElement.GetProperty("topic");
        var @event = isV2 ? json.RootElement[3] : json.RootElement.GetProperty("event");
        return (topic.ValueKind == JsonValueKind.String ? ChannelOf(topic.GetString()!) : null, @event.ToString());
    }

    private static string? ChannelOf(string topic) =>
        topic == "phoenix" ? topic : Topic.TryParse(topic, out _) == TopicParse.Ok ? topic[..topic.IndexOf(':', StringComparison.Ordinal)] : null;

    private static IEnumerable<string> Messages(string channel) => Document["channels"]![channel]!["messages"]!.AsObject().Select(pair => pair.Key);

    private static bool Accepts(string channel, string message, string frame)
    {
        using var json = JsonDocument.Parse(frame);
        return Schemas.GetOrAdd($"{channel}/{message}", _ => Compile(channel, message))?.Evaluate(json.RootElement).IsValid == true;
    }

    private static JsonSchema? Compile(string channel, string message)
    {
        if (Document["channels"]![channel]!["messages"]![message]?["payload"] is not { } payload)
            return null;
        var schema = Whole(payload.DeepClone(), close: !message.StartsWith("push.", StringComparison.Ordinal));
        return JsonSchema.FromText(schema.ToJsonString(), new BuildOptions { Dialect = Dialect.Draft07 });
    }

    // References are replaced by what they refer to.
    private static JsonNode Whole(JsonNode node, bool close)
    {
        switch (node)
        {
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Whole(item!, close).DeepClone())]);
            case JsonObject schema when schema["$ref"] is { } reference:
                return Whole(Document["components"]!["schemas"]![reference.ToString().Split('/')[^1]]!, close);
            case JsonObject schema:
                var whole = new JsonObject(schema.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, Whole(pair.Value!, close).DeepClone())));
                if (close && whole["properties"] is JsonObject && whole["type"]?.ToString() == "object" && !whole.ContainsKey("additionalProperties"))
                    whole.Add("additionalProperties", false);
                return whole;
            default:
                return node;
        }
    }
}
