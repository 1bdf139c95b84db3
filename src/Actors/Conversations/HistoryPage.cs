using System.Text.Json;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Payloads;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Actors.Conversations;

/// <summary>A page of history, oldest first: final messages, or every event.</summary>
/// <param name="Messages">Messages as they stand at <paramref name="Head"/>; empty in full mode.</param>
/// <param name="Events">Every change; empty in compact mode.</param>
/// <param name="Head">Number of the conversation's last event.</param>
/// <param name="More">Whether there is more beyond the page, in the direction that was asked for.</param>
internal sealed record HistoryPage(IReadOnlyList<MessageView> Messages, IReadOnlyList<NumberedEvent> Events, long Head, bool More)
{
    /// <summary>What <see cref="Write"/> writes, as a schema.</summary>
    public static JsonShape Shape { get; } = JsonShape.ObjectOf(
        ("items", JsonShapes.ListOf(HistoryItem.Shape, PayloadLimits.HistoryItems)), ("head", JsonShapes.Number), ("more", JsonShapes.Boolean));

    /// <summary>Writes <c>{items, head, more}</c>.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="context">The channel; needed for a thread.</param>
    public void Write(Utf8JsonWriter json, TopicContext? context = null)
    {
        json.WriteStartObject();
        WriteMembers(json, context);
        json.WriteEndObject();
    }

    /// <summary>Writes the members alone, for an object that has more of them.</summary>
    public void WriteMembers(Utf8JsonWriter json, TopicContext? context = null)
    {
        json.WriteStartArray("items"u8);
        foreach (var message in Messages)
            HistoryItem.WriteCompact(json, message, context);
        foreach (var e in Events)
            HistoryItem.WriteFull(json, e, context);
        json.WriteEndArray();
        json.WriteNumber("head"u8, Head);
        json.WriteBoolean("more"u8, More);
    }
}
