using System.Text.Json;
using QuikApp.Cluster.History;

namespace QuikApp.Cluster.Workload;

/// <summary>What histories say of an event, the same whether it came live, in a replay or in a history page.</summary>
internal static class RoomEvent
{
    /// <summary>Reads an event; null when it has no number.</summary>
    public static JournalEntry? Read(string room, string @event, JsonElement payload)
    {
        if (!payload.TryGetProperty("seq", out var number))
            return null;
        var seq = number.GetInt64();
        return @event switch
        {
            "message:new" => new(room, seq, EntryKind.Create, Text(payload, "clientId"), BodyHash.Of(Text(payload, "content")!)),
            "message:update" => new(room, seq, EntryKind.Edit, null, BodyHash.Of(Text(payload, "content")!)),
            "message:delete" => new(room, seq, EntryKind.Delete, null, OfDelete(Text(payload, "id")!)),
            "message:reaction" => new(
                room, seq, EntryKind.Reaction, null, OfReaction(Text(payload, "messageId")!, Text(payload, "action")!, Text(payload, "userId")!)),
            "call:started" => new(room, seq, EntryKind.Call, Text(payload, "callId"), null, "started"),
            "call:end" => new(room, seq, EntryKind.Call, Text(payload, "callId"), null, $"end:{Text(payload, "reason")}"),
            _ => new(room, seq, EntryKind.Other, null, null, @event),
        };
    }

    /// <summary>What stands for a delete, which has no body.</summary>
    public static string OfDelete(string messageId) => BodyHash.Of(messageId);

    /// <summary>What stands for a reaction. All are one emoji here.</summary>
    public static string OfReaction(string messageId, string action, string user) => BodyHash.Of($"{messageId} {action} {user}");

    private static string? Text(JsonElement payload, string name) => payload.TryGetProperty(name, out var value) ? value.GetString() : null;
}
