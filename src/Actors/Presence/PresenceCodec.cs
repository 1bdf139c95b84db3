using System.Globalization;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Presence;

namespace QuikApp.Actors.Presence;

/// <summary>
/// Entries of a bucket as text, which the replicator's own Protobuf serializer carries: <c>uid/workspace/user</c> →
/// <c>devices:since:lastSeen</c>, and <c>uid//user</c> → <c>version:status:expires:text</c>. Times are ms since the epoch.
/// </summary>
/// <remarks>
/// The life's number is in the name and not in the value, so that what a node said before a restart neither overrules nor
/// hides what it says now, whatever its clock did. What cannot be read is another release's, and ignored.
/// </remarks>
internal static class PresenceCodec
{
    /// <summary>The name of a user's entry in a workspace, or, without a workspace, of a user's status.</summary>
    public static string Name(int uid, WorkspaceId? workspace, UserId user) =>
        string.Create(CultureInfo.InvariantCulture, $"{uid}/{workspace?.Value}/{user.Value}");

    /// <summary>An entry's value.</summary>
    public static string Text(NodeEntry entry) =>
        string.Create(CultureInfo.InvariantCulture, $"{entry.Devices.Bits}:{entry.SinceMs}:{entry.LastSeenMs}");

    /// <summary>A status's value.</summary>
    public static string Text(UserStatus status) => string.Create(
        CultureInfo.InvariantCulture, $"{status.Version}:{(int)status.Status}:{status.ExpiresAt?.ToUnixTimeMilliseconds()}:{status.Text}");

    /// <summary>The life that wrote an entry.</summary>
    public static bool TryUid(string name, out int uid) =>
        int.TryParse(name.AsSpan(0, Math.Max(0, name.IndexOf('/', StringComparison.Ordinal))), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out uid);

    /// <summary>The fact that an entry states; null when it cannot be read.</summary>
    /// <param name="address">Of the node that wrote it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value; null: it is gone.</param>
    public static PresenceFact? Read(string address, string name, string? value)
    {
        var parts = name.Split('/');
        if (parts.Length != 3 || !TryUid(name, out var uid) || !UserId.TryParse(parts[2], out var user))
            return null;

        var node = new NodeId(address, uid);
        if (parts[1].Length == 0)
        {
            return value is null ? new PresenceFact.StatusGone(node, user)
                : ReadStatus(value) is { } status ? new PresenceFact.StatusPut(node, user, status)
                : null;
        }

        if (!WorkspaceId.TryParse(parts[1], out var workspace))
            return null;
        return value is null ? new PresenceFact.EntryGone(node, workspace, user)
            : ReadEntry(value) is { } entry ? new PresenceFact.EntryPut(node, workspace, user, entry)
            : null;
    }

    private static NodeEntry? ReadEntry(string value)
    {
        var parts = value.Split(':');
        return parts.Length == 3
            && byte.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
            && Devices.TryFrom(bits, out var devices)
            && TryTime(parts[1], out var since)
            && TryTime(parts[2], out var lastSeen)
            ? new NodeEntry(devices, since, lastSeen)
            : null;
    }

    private static UserStatus? ReadStatus(string value)
    {
        var parts = value.Split(':', 4);
        if (parts.Length != 4
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || !Enum.IsDefined((PresenceStatus)number))
            return null;

        DateTimeOffset? expiresAt = null;
        if (parts[2].Length > 0)
        {
            if (!TryTime(parts[2], out var at))
                return null;
            expiresAt = DateTimeOffset.FromUnixTimeMilliseconds(at);
        }

        return new UserStatus((PresenceStatus)number, parts[3].Length > 0 ? parts[3] : null, expiresAt, version);
    }

    private static bool TryTime(string text, out long ms) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out ms)
        && ms >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && ms <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
}
