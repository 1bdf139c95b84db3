using System.Text.Json;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Protocol.Payloads;

/// <summary>One item of the reply to <c>history</c>.</summary>
public static class HistoryItem
{
    /// <summary>An item of either mode as a schema.</summary>
    public static JsonShape Shape { get; } = JsonShape.AnyOf(
    [
        MessageView.ItemShape,
        .. ServerEvents.All.Where(IsKept).Select(e => JsonShape.ObjectOf(("event", JsonShapes.OneOf(e.Name)), ("payload", e.Payload))),
    ]);

    /// <summary>Mode <c>compact</c>: a message's final state, see <see cref="MessageView.WriteItem"/>.</summary>
    public static void WriteCompact(Utf8JsonWriter writer, MessageView message, TopicContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        message.WriteItem(writer, context);
    }

    /// <summary>Mode <c>full</c>: an event as it was sent, <c>{event, payload}</c>.</summary>
    public static void WriteFull(Utf8JsonWriter writer, NumberedEvent numbered, TopicContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(numbered);
        writer.WriteStartObject();
        writer.WriteString("event"u8, EventPayload.EventName(numbered.Event));
        writer.WritePropertyName("payload"u8);
        EventPayload.Write(writer, numbered, context);
        writer.WriteEndObject();
    }

    private static bool IsKept(ServerEvent e) => e.IsNumbered && (e.Topics.Contains(TopicKind.Channel) || e.Topics.Contains(TopicKind.Thread));
}
