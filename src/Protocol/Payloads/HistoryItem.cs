using System.Text.Json;
using QuikApp.Protocol.Conversations;

namespace QuikApp.Protocol.Payloads;

/// <summary>One item of the reply to <c>history</c>.</summary>
public static class HistoryItem
{
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
}
