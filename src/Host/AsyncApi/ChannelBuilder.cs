using System.Text.Json.Nodes;
using QuikApp.Protocol.Payloads;
using QuikApp.Protocol.Phoenix;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Host.AsyncApi;

/// <summary>Collects the messages of one channel, with the operation of each.</summary>
/// <param name="parts">Where the channel goes.</param>
/// <param name="key">Its key.</param>
/// <param name="address">The topic, with its parameter.</param>
/// <param name="topic">What the topic of its frames is.</param>
internal sealed class ChannelBuilder(DocumentParts parts, string key, string address, JsonShape topic)
{
    private const string RefusalKey = "refusal";

    private readonly JsonObject _messages = [];

    /// <summary>Adds an event of clients, with its reply.</summary>
    /// <param name="name">The event.</param>
    /// <param name="summary">What it asks for.</param>
    /// <param name="payload">Its payload.</param>
    /// <param name="response">The response when it is granted.</param>
    /// <param name="schema">The key of both schemas; the event's where it is left out.</param>
    public void Receive(string name, string summary, JsonShape payload, JsonShape response, string? schema = null)
    {
        var id = DocumentParts.Key(name);
        schema ??= id;
        var push = Message($"push.{id}", name, summary, FrameDescriber.FromClient(parts, Topic(), name, parts.Share($"push.{schema}", payload)), correlated: true);
        var granted = Message($"reply.{id}", PhoenixEvents.Reply, $"{name} is granted.", ReplyFrame(PhoenixEvents.StatusOk, parts.Share($"reply.{schema}", response)), correlated: true);
        var refused = Message(RefusalKey, PhoenixEvents.Reply, "Refused.", ReplyFrame(PhoenixEvents.StatusError, parts.Share(RefusalKey, Refusal.Shape)), correlated: true);
        parts.Operations.Add($"{key}.receive.{id}", new JsonObject
        {
            ["action"] = "receive",
            ["channel"] = DocumentParts.Ref($"channels/{key}"),
            ["summary"] = summary,
            ["messages"] = new JsonArray(push),
            ["reply"] = new JsonObject { ["channel"] = DocumentParts.Ref($"channels/{key}"), ["messages"] = new JsonArray(granted, refused) },
        });
    }

    /// <summary>Adds an event of the server.</summary>
    /// <param name="name">The event.</param>
    /// <param name="summary">What happened.</param>
    /// <param name="payload">Its payload.</param>
    /// <param name="schema">The key of the schema; the event's where it is left out.</param>
    public void Send(string name, string summary, JsonShape payload, string? schema = null)
    {
        var id = DocumentParts.Key(name);
        var message = Message($"event.{id}", name, summary, FrameDescriber.FromServer(parts, Topic(), name, parts.Share($"event.{schema ?? id}", payload)), correlated: false);
        parts.Operations.Add($"{key}.send.{id}", new JsonObject
        {
            ["action"] = "send",
            ["channel"] = DocumentParts.Ref($"channels/{key}"),
            ["summary"] = summary,
            ["messages"] = new JsonArray(message),
        });
    }

    /// <summary>Adds the channel itself.</summary>
    public void Add(string title, string description, JsonObject? parameters)
    {
        var channel = new JsonObject { ["address"] = address, ["title"] = title, ["description"] = description, ["messages"] = _messages };
        if (parameters is not null)
            channel.Add("parameters", parameters);
        channel.Add("bindings", DocumentParts.Ref("components/channelBindings/socket"));
        parts.Channels.Add(key, channel);
    }

    private JsonObject Topic() => parts.Share($"topic.{key}", topic);

    private JsonObject ReplyFrame(string status, JsonObject response) =>
        FrameDescriber.FromServer(parts, Topic(), PhoenixEvents.Reply, FrameDescriber.Reply(status, response));

    private JsonObject Message(string id, string name, string summary, JsonObject frame, bool correlated)
    {
        var message = new JsonObject { ["name"] = name, ["title"] = name, ["summary"] = summary, ["payload"] = frame };
        if (correlated)
            message.Add("correlationId", DocumentParts.Ref("components/correlationIds/ref"));
        _messages.TryAdd(id, message);
        return DocumentParts.Ref($"channels/{key}/messages/{id}");
    }
}
