using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Presence;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Protocol.Payloads;

/// <summary>
/// A presence topic as Phoenix speaks it: <c>presence_state</c> and <c>presence_diff</c>, for the <c>Presence</c> class of
/// its clients. A key is a user, a meta one of their devices.
/// </summary>
/// <remarks>
/// A meta's <c>phx_ref</c> is made from what the meta says. So every node gives the same one without asking another, and a
/// client that comes back elsewhere finds in its list what did not change.
/// </remarks>
public static class PhoenixPresence
{
    private const int RefBytes = 12;

    /// <summary><see cref="WriteState"/> as a schema.</summary>
    public static JsonShape StateShape { get; } = JsonShapes.MapOf(JsonShape.ObjectOf(("metas", JsonShapes.ListOf(JsonShape.ObjectOf(
        ("phx_ref", JsonShapes.AnyText), ("phx_ref_prev?", JsonShapes.AnyText),
        ("device", JsonShapes.OneOf(Enum.GetValues<Device>().Select(PresenceWords.Text))),
        ("status", JsonShapes.OneOf(Enum.GetValues<PresenceStatus>().Select(PresenceWords.Text))),
        ("statusText?", JsonShapes.AnyText))))));

    /// <summary><see cref="WriteDiff"/> as a schema.</summary>
    public static JsonShape DiffShape { get; } = JsonShape.ObjectOf(("joins", StateShape), ("leaves", StateShape));

    /// <summary><c>presence_state</c>: <c>{user: {metas: [meta …]} …}</c>.</summary>
    public static void WriteState(Utf8JsonWriter writer, WorkspaceId workspace, IEnumerable<UserPresence> presences)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(presences);
        writer.WriteStartObject();
        foreach (var presence in presences)
            WriteUser(writer, workspace, presence, presence.Devices, before: null);
        writer.WriteEndObject();
    }

    /// <summary>
    /// <c>presence_diff</c>: <c>{joins, leaves}</c>, each like a state. A meta that changed is in both: its new form with
    /// <c>phx_ref_prev</c>, and its old one.
    /// </summary>
    /// <param name="writer">Where to.</param>
    /// <param name="workspace">The topic's workspace.</param>
    /// <param name="changes">What each user looked like and looks like now; null is not there.</param>
    public static void WriteDiff(
        Utf8JsonWriter writer, WorkspaceId workspace, IReadOnlyCollection<(UserPresence? Before, UserPresence? After)> changes)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(changes);
        writer.WriteStartObject();
        writer.WriteStartObject("joins"u8);
        foreach (var (before, after) in changes)
        {
            if (after is not null)
                WriteUser(writer, workspace, after, Fresh(after, before), before);
        }

        writer.WriteEndObject();
        writer.WriteStartObject("leaves"u8);
        foreach (var (before, after) in changes)
        {
            if (before is not null)
                WriteUser(writer, workspace, before, Fresh(before, after), before: null);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    // The devices whose metas differ from those of the other form.
    private static Devices Fresh(UserPresence one, UserPresence? other) =>
        other is not null && other.Status == one.Status && other.StatusText == one.StatusText
            ? one.Devices.Except(other.Devices)
            : one.Devices;

    private static void WriteUser(Utf8JsonWriter writer, WorkspaceId workspace, UserPresence presence, Devices devices, UserPresence? before)
    {
        if (devices.IsEmpty)
            return;

        writer.WriteStartObject(presence.User.Value);
        writer.WriteStartArray("metas"u8);
        foreach (var device in devices.Each())
        {
            writer.WriteStartObject();
            writer.WriteString("phx_ref"u8, RefOf(workspace, presence, device));
            if (before is not null && before.Devices.Contains(device))
                writer.WriteString("phx_ref_prev"u8, RefOf(workspace, before, device));
            writer.WriteString("device"u8, PresenceWords.Text(device));
            writer.WriteString("status"u8, PresenceWords.Text(presence.Status));
            if (presence.StatusText is { } text)
                writer.WriteString("statusText"u8, text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    // The text comes last: nothing else has a NUL, and nothing follows it.
    private static string RefOf(WorkspaceId workspace, UserPresence presence, Device device)
    {
        var said = $"{workspace}\0{presence.User}\0{PresenceWords.Text(device)}\0{PresenceWords.Text(presence.Status)}\0{presence.StatusText}";
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(said));
        return System.Buffers.Text.Base64Url.EncodeToString(hash.AsSpan(0, RefBytes));
    }
}
