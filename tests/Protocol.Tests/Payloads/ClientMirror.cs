using System.Globalization;
using System.Text;
using System.Text.Json;

namespace QuikApp.Protocol.Tests.Payloads;

/// <summary>What a client shows after the frames it got; made from their JSON alone, as a client does it.</summary>
internal sealed class ClientMirror
{
    private readonly SortedDictionary<string, Shown> _messages = new(StringComparer.Ordinal);

    // Replies outlive what they reply to, so their count does too.
    private readonly SortedDictionary<string, string> _threads = new(StringComparer.Ordinal);

    public void Receive(string name, string payload)
    {
        using var json = JsonDocument.Parse(payload);
        var body = json.RootElement;
        switch (name)
        {
            case "message:new":
                var shown = new Shown(body.GetProperty("content").GetString()!);
                if (body.TryGetProperty("thread", out var replies))
                    _threads[Id(body, "id")] = Count(replies);
                if (body.TryGetProperty("reactions", out var reactions))
                    shown.Reactions.UnionWith(reactions.EnumerateObject().SelectMany(emoji => emoji.Value.EnumerateArray().Select(user => $"{emoji.Name} {user}")));
                _messages[Id(body, "id")] = shown;
                break;
            case "message:update":
                _messages[Id(body, "id")].Content = body.GetProperty("content").GetString()!;
                break;
            case "message:delete":
                _messages.Remove(Id(body, "id"));
                break;
            case "thread:update":
                _threads[Id(body, "messageId")] = Count(body);
                break;
            case "message:reaction" when _messages.TryGetValue(Id(body, "messageId"), out var message):
                var reaction = $"{body.GetProperty("emoji")} {body.GetProperty("userId")}";
                if (body.GetProperty("action").GetString() == "add")
                    message.Reactions.Add(reaction);
                else
                    message.Reactions.Remove(reaction);
                break;
        }
    }

    private static string Count(JsonElement thread) =>
        $"{thread.GetProperty("replyCount")} {(thread.TryGetProperty("lastReply", out var last) ? last.GetProperty("id") : "")}";

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (id, message) in _messages)
            text.AppendLine(CultureInfo.InvariantCulture, $"{id}: {message.Content} [{string.Join(", ", message.Reactions)}]");
        foreach (var (id, count) in _threads)
            text.AppendLine(CultureInfo.InvariantCulture, $"replies to {id}: {count}");
        return text.ToString();
    }

    private static string Id(JsonElement body, string name) => body.GetProperty(name).GetString()!;

    private sealed class Shown(string content)
    {
        public string Content { get; set; } = content;

        public SortedSet<string> Reactions { get; } = new(StringComparer.Ordinal);
    }
}
