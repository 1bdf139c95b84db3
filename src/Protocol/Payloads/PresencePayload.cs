using System.Text.Json;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Presence;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Protocol.Payloads;

/// <summary>Payloads of a presence topic: who is online, and what of that changed.</summary>
public static class PresencePayload
{
    private static readonly JsonShape Status = JsonShapes.OneOf(Enum.GetValues<PresenceStatus>().Select(PresenceWords.Text));
    private static readonly JsonShape Device = JsonShapes.OneOf(Enum.GetValues<Device>().Select(PresenceWords.Text));
    private static readonly (string Name, JsonShape Shape) Tracked = ("tracked?", JsonShapes.Boolean.About("False where the one who joins can be in no such list."));

    /// <summary><see cref="WriteItem"/> as a schema.</summary>
    public static JsonShape ItemShape { get; } = JsonShape.ObjectOf(
        ("userId", JsonShapes.Id), ("status", Status), ("device", Device), ("statusText?", JsonShapes.AnyText),
        ("devices", JsonShapes.ListOf(Device)), ("since", JsonShapes.Time));

    /// <summary><see cref="WriteSnapshot"/> and <see cref="WriteJoined"/> as a schema.</summary>
    public static JsonShape JoinedShape { get; } = JsonShape.ObjectOf(("presences?", JsonShapes.ListOf(ItemShape)), Tracked);

    /// <summary><see cref="WriteLeave"/> as a schema.</summary>
    public static JsonShape LeaveShape { get; } = JsonShape.ObjectOf(("userId", JsonShapes.Id), ("lastSeen", JsonShapes.Time));

    /// <summary><see cref="WriteUpdate"/> as a schema.</summary>
    public static JsonShape UpdateShape { get; } = JsonShape.ObjectOf(
        ("userId", JsonShapes.Id), ("status", Status), ("statusText", JsonShapes.TextOrNull),
        ("device?", Device), ("devices", JsonShapes.ListOf(Device)));

    /// <summary>The join reply: <c>{presences: [item …], tracked?}</c>, <c>tracked</c> only where it is false.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="presences">One a user.</param>
    /// <param name="tracked">Whether the one who joins can be in such a list.</param>
    public static void WriteSnapshot(Utf8JsonWriter writer, IEnumerable<UserPresence> presences, bool tracked)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(presences);
        writer.WriteStartObject();
        writer.WriteStartArray("presences"u8);
        foreach (var presence in presences)
            WriteItem(writer, presence);
        writer.WriteEndArray();
        WriteTracked(writer, tracked);
        writer.WriteEndObject();
    }

    /// <summary>The join reply in Phoenix's format: <c>{tracked?}</c>; the list comes as an event of its own.</summary>
    public static void WriteJoined(Utf8JsonWriter writer, bool tracked)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        WriteTracked(writer, tracked);
        writer.WriteEndObject();
    }

    /// <summary><c>presence:join</c>, and an item of a list: <c>{userId, status, device, statusText?, devices, since}</c>.</summary>
    public static void WriteItem(Utf8JsonWriter writer, UserPresence presence)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(presence);
        writer.WriteStartObject();
        writer.WriteString("userId"u8, presence.User.Value);
        writer.WriteString("status"u8, PresenceWords.Text(presence.Status));
        writer.WriteString("device"u8, PresenceWords.Text(presence.Devices.First()));
        if (presence.StatusText is { } text)
            writer.WriteString("statusText"u8, text);
        WriteDevices(writer, presence.Devices);
        Rfc3339.Write(writer, "since"u8, presence.Since);
        writer.WriteEndObject();
    }

    /// <summary><c>presence:leave</c>: <c>{userId, lastSeen}</c>.</summary>
    public static void WriteLeave(Utf8JsonWriter writer, UserId user, DateTimeOffset lastSeen)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteString("userId"u8, user.Value);
        Rfc3339.Write(writer, "lastSeen"u8, lastSeen);
        writer.WriteEndObject();
    }

    /// <summary>
    /// <c>presence:update</c>: <c>{userId, status, statusText, device?, devices}</c>. <c>statusText</c> is always there, null
    /// where there is none, so that a client sees it go; <c>device</c> is the one that was added.
    /// </summary>
    public static void WriteUpdate(Utf8JsonWriter writer, UserPresence before, UserPresence after)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        writer.WriteStartObject();
        writer.WriteString("userId"u8, after.User.Value);
        writer.WriteString("status"u8, PresenceWords.Text(after.Status));
        writer.WriteString("statusText"u8, after.StatusText);
        if (after.Devices.Except(before.Devices) is { IsEmpty: false } added)
            writer.WriteString("device"u8, PresenceWords.Text(added.First()));
        WriteDevices(writer, after.Devices);
        writer.WriteEndObject();
    }

    private static void WriteDevices(Utf8JsonWriter writer, Devices devices)
    {
        writer.WriteStartArray("devices"u8);
        foreach (var device in devices.Each())
            writer.WriteStringValue(PresenceWords.Text(device));
        writer.WriteEndArray();
    }

    private static void WriteTracked(Utf8JsonWriter writer, bool tracked)
    {
        if (!tracked)
            writer.WriteBoolean("tracked"u8, false);
    }
}
