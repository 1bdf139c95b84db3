using System.Text.Json.Nodes;
using QuikApp.Host.Sessions;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using QuikApp.Protocol.Phoenix;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Host.AsyncApi;

/// <summary>Describes a kind of topic: joining and leaving it, what clients push there, and what the server sends there.</summary>
internal static class TopicDescriber
{
    // Phoenix takes null, and no payload at all, for no parameters.
    private static readonly JsonShape Nothing = JsonShape.Of(new JsonObject { ["type"] = "null" });

    private static readonly JsonShape Crash = JsonShape.ObjectOf(("reason", JsonShapes.OneOf(PhoenixEvents.ReasonChannelCrash)));

    /// <summary>Adds the channel and its operations.</summary>
    public static void Describe(DocumentParts parts, TopicKind kind)
    {
        var key = Words<TopicKind>.Of(kind);
        var (parameter, title, who) = Said(kind);
        var topic = JsonShapes.Pattern($"^{new Topic(kind, JsonShapes.IdGrammar)}$");
        var channel = new ChannelBuilder(parts, key, new Topic(kind, $"{{{parameter}}}").ToString(), topic);

        var isPresence = kind is TopicKind.Presence;
        channel.Receive(
            PhoenixEvents.Join,
            isPresence ? "Joins the topic." : "Joins the topic; with since, what was missed is told first.",
            JsonShape.AnyOf(JoinParams.ShapeOf(kind), Nothing),
            isPresence ? PresencePayload.JoinedShape : Resume.Shape,
            isPresence ? $"{PhoenixEvents.Join}.{key}" : null);
        channel.Receive(PhoenixEvents.Leave, "Leaves the topic.", JsonShapes.Any, JsonShapes.Empty);
        foreach (var push in Session.Pushes.Where(push => push.Topics.Contains(kind)))
            channel.Receive(push.Event, push.Summary, push.Payload, push.Reply);

        channel.Send(PhoenixEvents.Close, "The join has ended: left, replaced, or taken away. Do not join again by yourself.", JsonShapes.Empty);
        channel.Send(PhoenixEvents.Error, "The server failed in the topic. Join again.", Crash);
        foreach (var e in ServerEvents.All.Where(e => e.Topics.Contains(kind)))
            channel.Send(e.Name, e.Summary, e.Payload, SchemaOf(e));

        channel.Add(title, $"Who may join: {who}.", new JsonObject { [parameter] = new JsonObject { ["description"] = "1 to 64 characters of A-Z a-z 0-9 _ -" } });
    }

    // A name under which several payloads go is told apart by its topics.
    private static string SchemaOf(ServerEvent e) =>
        ServerEvents.All.Count(other => other.Name == e.Name) == 1
            ? DocumentParts.Key(e.Name)
            : $"{DocumentParts.Key(e.Name)}.{string.Join('_', e.Topics.Select(Words<TopicKind>.Of))}";

    private static (string Parameter, string Title, string Who) Said(TopicKind kind) => kind switch
    {
        TopicKind.User => ("userId", "Personal notifications, reading marks, incoming calls", "that user"),
        TopicKind.Workspace => ("workspaceId", "Workspace-wide events", "members of the workspace"),
        TopicKind.Channel => ("channelId", "Messages and typing", "members; for a public channel, members of its workspace"),
        TopicKind.Thread => ("threadId", "Replies to a message", "those of its channel"),
        TopicKind.Call => ("callId", "A call and its signalling", "the invited"),
        TopicKind.Presence => ("workspaceId", "Who is online", "members of the workspace"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
